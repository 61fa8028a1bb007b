// What the bad texts are asked for by: read by `vakant strings check`, never compiled.
void view() {
    s.get("good"), s.get("ui.long"), s.get("ui.fits"), s.get("nowhere.there");
    s.get("error." + kind);
    const char* others[] = {"arguments", "only_fi", "number", "broken", "isolate", "apostrophe", "mixed"};
}
