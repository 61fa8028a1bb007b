"""The page that the kiosk shows, as HTML and as QML: made from its semantic tree, so that texts, fields, places, sizes
and fonts are the same in all three programs."""

import html
import json

FONT = "Inter"
PAPER, INK, LINE, PRIMARY = "#f4f1ea", "#16202a", "#6b7a86", "#064b45"
HEADING_PX, TEXT_PX, LABEL_PX, BUTTON_PX = 60, 34, 32, 32


def pieces(tree):
    """(kind, text, rectangle, primary) for everything that is drawn."""
    yield "label", "Vakant", (172, 54, 400, 52), False
    for node in tree["nodes"]:
        x, y, w, h = (round(value) for value in node["rect"])
        role, name = node["role"], node["name"]
        if w <= 0 or h <= 0:
            continue
        if node["key"].startswith("scroll."):
            yield "button", "\u2303" if node["key"].endswith("up") else "\u2304", (x, y, w, h), False
        elif role == "heading":
            yield "heading", name, (x, y, w, h), False
        elif role in ("text", "notice"):
            yield "text", name, (x, y, w, h), False
        elif role == "progress":
            yield "text", name, (x, y, 400, 44), False
            yield "bar", "", (x, y + h - 14, w, 14), True
        elif role == "field":
            help_text = node["description"]
            yield "label", name, (x, y - (90 if help_text else 50), w, 44), False
            if help_text:
                yield "text", help_text, (x, y - 46, w, 40), False
            yield "field", node["value"], (x, y, w, h), False
        elif role in ("checkbox", "toggle", "radio") and not node["key"].startswith("language."):
            yield "tick", name, (x, y, w, h), False
        elif role in ("button", "card", "tab", "key", "radio"):
            yield "button", name, (x, y, w, h), node["key"] == "next"


def as_html(tree):
    parts = [f"""<!doctype html><html lang="{html.escape(tree['language'])}" translate="no"><meta charset="utf-8">
<meta name="google" content="notranslate"><title>Vakant</title><style>
body {{ margin: 0; background: {PAPER}; color: {INK}; font: {TEXT_PX}px {FONT}, sans-serif; overflow: hidden }}
body > * {{ position: absolute; box-sizing: border-box; margin: 0 }}
h1 {{ font-size: {HEADING_PX}px; line-height: 1.1 }}
strong {{ font-size: {LABEL_PX}px; font-weight: 600 }}
input[type=text] {{ font: inherit; padding: 12px 20px; border: 2px solid {LINE}; border-radius: 20px }}
button {{ font: 600 {BUTTON_PX}px {FONT}; border: 2px solid {LINE}; border-radius: 24px; background: #fff }}
.primary {{ background: {PRIMARY}; color: #fff; border: 0 }}
.bar {{ border-radius: 7px }}
</style><body>"""]
    for kind, text, (x, y, w, h), primary in pieces(tree):
        place = f'style="left:{x}px;top:{y}px;width:{w}px;height:{h}px"' + (' class="primary bar"' if kind == "bar" else
                                                                           ' class="primary"' if primary else "")
        text = html.escape(text)
        parts.append({"heading": f"<h1 {place}>{text}</h1>", "text": f"<div {place}>{text}</div>",
                      "label": f"<strong {place}>{text}</strong>", "bar": f"<div {place}></div>",
                      "field": f'<input type="text" {place} value="{text}">',
                      "tick": f'<label {place}><input type="checkbox"> {text}</label>',
                      "button": f"<button {place}>{text}</button>"}[kind])
    return "\n".join(parts) + "</body></html>\n"


def as_qml(tree, width, height):
    def words(text, px, weight="Font.Normal", colour=INK):
        return (f"text: {json.dumps(text)}; font.family: \"{FONT}\"; color: \"{colour}\"; wrapMode: Text.Wrap; "
                f"font.pixelSize: {px}; font.weight: {weight}")

    parts = [f"""import QtQuick
import QtQuick.Window
Window {{
    visible: true; x: 0; y: 0; width: {width}; height: {height}; color: "{PAPER}"; flags: Qt.FramelessWindowHint"""]
    box = f'color: "white"; border.width: 2; border.color: "{LINE}"'
    for kind, text, (x, y, w, h), primary in pieces(tree):
        place = f"x: {x}; y: {y}; width: {w}; height: {h}"
        if kind == "field":
            parts.append(f"""    Rectangle {{ {place}; radius: 20; {box}
        TextInput {{ anchors.fill: parent; anchors.margins: 14; text: {json.dumps(text)}; font.family: "{FONT}"
            font.pixelSize: {TEXT_PX}; color: "{INK}" }} }}""")
        elif kind == "button":
            fill = f'color: "{PRIMARY}"' if primary else box
            parts.append(f"""    Rectangle {{ {place}; radius: 24; {fill}
        Text {{ anchors.fill: parent; horizontalAlignment: Text.AlignHCenter; verticalAlignment: Text.AlignVCenter
            {words(text, BUTTON_PX, "Font.DemiBold", "white" if primary else INK)} }} TapHandler {{}} }}""")
        elif kind == "tick":
            parts.append(f"""    Item {{ {place}
        Rectangle {{ width: 44; height: 44; radius: 8; {box} }}
        Text {{ x: 60; width: {w - 60}; {words(text, TEXT_PX)} }} TapHandler {{}} }}""")
        elif kind == "bar":
            parts.append(f'    Rectangle {{ {place}; radius: 7; color: "{PRIMARY}" }}')
        else:
            px, weight = {"heading": (HEADING_PX, "Font.Bold"), "label": (LABEL_PX, "Font.DemiBold"),
                          "text": (TEXT_PX, "Font.Normal")}[kind]
            parts.append(f"    Text {{ {place}; {words(text, px, weight)} }}")
    return "\n".join(parts) + "\n}\n"
