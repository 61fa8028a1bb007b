"""The page that the kiosk shows, as HTML and as QML: made from its semantic tree, so that texts, fields, places and
fonts are the same in all three programs."""

import html
import json

FONT = "Inter"
TEXT_PX = 26
HEADING_PX = 44
FIELDS = ("field",)
PRESSED = ("button", "card", "tab", "radio", "key")
TICKED = ("checkbox", "toggle")
SHOWN = ("heading", "text", "notice", *FIELDS, *PRESSED, *TICKED)


def shown_nodes(tree):
    for node in tree["nodes"]:
        x, y, w, h = node["rect"]
        if node["role"] in SHOWN and w > 0 and h > 0:
            yield node["role"], node["name"], node.get("value", ""), (round(x), round(y), round(w), round(h))


def as_html(tree):
    parts = [f"""<!doctype html><html lang="{html.escape(tree['language'])}"><meta charset="utf-8"><title>Vakant</title>
<style>
body {{ margin: 0; background: #f6f7fb; color: #16213d; font: {TEXT_PX}px {FONT}, sans-serif; overflow: hidden }}
h1 {{ font-size: {HEADING_PX}px; margin: 0 }}
.at {{ position: absolute; box-sizing: border-box; overflow: hidden }}
.at input[type=text] {{ width: 100%; box-sizing: border-box; font: inherit; padding: 12px; border: 2px solid #8a94ad; border-radius: 10px }}
button {{ font: inherit; border: 2px solid #8a94ad; border-radius: 14px; background: #fff }}
</style><body>"""]
    for role, name, value, (x, y, w, h) in shown_nodes(tree):
        place = f'class="at" style="left:{x}px;top:{y}px;width:{w}px;height:{h}px"'
        name, value = html.escape(name), html.escape(value)
        if role == "heading":
            parts.append(f"<h1 {place}>{name}</h1>")
        elif role in FIELDS:
            parts.append(f'<label {place}>{name}<br><input type="text" value="{value}"></label>')
        elif role in PRESSED:
            parts.append(f"<button {place}>{name}</button>")
        elif role in TICKED:
            parts.append(f'<label {place}><input type="checkbox"> {name}</label>')
        else:
            parts.append(f"<div {place}>{name}</div>")
    return "\n".join(parts) + "</body></html>\n"


def as_qml(tree, width, height):
    parts = [f"""import QtQuick
import QtQuick.Window
Window {{
    visible: true; x: 0; y: 0; width: {width}; height: {height}; color: "#f6f7fb"; flags: Qt.FramelessWindowHint"""]
    for role, name, value, (x, y, w, h) in shown_nodes(tree):
        text = (f"text: {json.dumps(name)}; font.family: \"{FONT}\"; color: \"#16213d\"; wrapMode: Text.Wrap; "
                f"font.pixelSize: {HEADING_PX if role == 'heading' else TEXT_PX}")
        box = 'radius: 10; color: "white"; border.width: 2; border.color: "#8a94ad"'
        place = f"x: {x}; y: {y}; width: {w}; height: {h}"
        if role in FIELDS:
            top = min(40, h // 2)
            parts.append(f"""    Item {{ {place}
        Text {{ width: {w}; {text} }}
        Rectangle {{ y: {top}; width: {w}; height: {h - top}; {box}
            TextInput {{ anchors.fill: parent; anchors.margins: 12; text: {json.dumps(value)}; font.family: "{FONT}"
                font.pixelSize: {TEXT_PX}; color: "#16213d" }} }} }}""")
        elif role in PRESSED:
            parts.append(f"""    Rectangle {{ {place}; {box}
        Text {{ anchors.fill: parent; horizontalAlignment: Text.AlignHCenter; verticalAlignment: Text.AlignVCenter
            {text} }} TapHandler {{}} }}""")
        elif role in TICKED:
            parts.append(f"""    Item {{ {place}
        Rectangle {{ width: 36; height: 36; {box} }} Text {{ x: 48; width: {w - 48}; {text} }} TapHandler {{}} }}""")
        else:
            parts.append(f"    Text {{ {place}; {text} }}")
    return "\n".join(parts) + "\n}\n"
