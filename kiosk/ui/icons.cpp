// The icons: strokes on a grid of 24 x 24.
#include "kiosk/ui/canvas.h"

namespace vakant {
namespace {

using Kind = IconPart::Kind;
constexpr IconPart ring(float x, float y, float r) {
    return {Kind::ring, {}, x, y, r, 0, 0};
}
constexpr IconPart disc(float x, float y, float r) {
    return {Kind::disc, {}, x, y, r, 0, 0};
}
/// 32nds of a turn: 0 right, 8 down, 16 left, 24 up.
constexpr IconPart arc(float x, float y, float r, int first, int last) {
    return {Kind::arc, {}, x, y, r, first, last};
}
constexpr IconPart line(std::span<const ShapePoint> points) {
    return {Kind::line, points, 0, 0, 0, 0, 0};
}
constexpr IconPart loop(std::span<const ShapePoint> points) {
    return {Kind::loop, points, 0, 0, 0, 0, 0};
}

constexpr ShapePoint case_body[] = {{4, 7.5f}, {5.2f, 6.5f}, {18.8f, 6.5f}, {20, 7.5f},
                                    {20, 18},  {18.8f, 19},  {5.2f, 19},    {4, 18}};
constexpr ShapePoint case_grip[] = {{9, 6.5f},     {9, 4.2f},  {9.6f, 3.6f},
                                    {14.4f, 3.6f}, {15, 4.2f}, {15, 6.5f}};
constexpr ShapePoint case_seam[] = {{4, 12.2f}, {20, 12.2f}};
constexpr IconPart briefcase[] = {loop(case_body), line(case_grip), line(case_seam)};

constexpr ShapePoint point_left[] = {{14.5f, 5.5f}, {8, 12}, {14.5f, 18.5f}};
constexpr ShapePoint point_right[] = {{9.5f, 5.5f}, {16, 12}, {9.5f, 18.5f}};
constexpr IconPart caret_left[] = {line(point_left)};
constexpr IconPart caret_right[] = {line(point_right)};

constexpr IconPart person[] = {ring(12, 7.6f, 3.8f), arc(12, 20.5f, 7.2f, 16, 32)};

constexpr ShapePoint cap_top[] = {{12, 4.5f}, {22, 9.5f}, {12, 14.5f}, {2, 9.5f}};
constexpr ShapePoint cap_bowl[] = {{6.5f, 12},  {6.5f, 17},     {8.2f, 18.6f}, {10, 19.4f}, {12, 19.7f},
                                   {14, 19.4f}, {15.8f, 18.6f}, {17.5f, 17},   {17.5f, 12}};
constexpr IconPart graduation[] = {loop(cap_top), line(cap_bowl)};

constexpr ShapePoint bubble[] = {{5.5f, 4.5f},   {18.5f, 4.5f},  {20.4f, 5.3f},  {21, 7},       {21, 13},
                                 {20.4f, 14.9f}, {18.5f, 15.6f}, {12.5f, 15.6f}, {8.5f, 19.8f}, {8.5f, 15.6f},
                                 {5.5f, 15.6f},  {3.6f, 14.9f},  {3, 13},        {3, 7},        {3.6f, 5.3f}};
constexpr IconPart speech_bubble[] = {loop(bubble), disc(8, 10.1f, 1.2f), disc(12, 10.1f, 1.2f),
                                      disc(16, 10.1f, 1.2f)};

constexpr ShapePoint keys_edge[] = {{3.5f, 6},   {20.5f, 6}, {22, 7.5f}, {22, 16.5f},
                                    {20.5f, 18}, {3.5f, 18}, {2, 16.5f}, {2, 7.5f}};
constexpr ShapePoint keys_space[] = {{8, 14.6f}, {16, 14.6f}};
constexpr IconPart keyboard[] = {loop(keys_edge),          line(keys_space),
                                 disc(6.4f, 10.2f, 1.1f),  disc(10.1f, 10.2f, 1.1f),
                                 disc(13.9f, 10.2f, 1.1f), disc(17.6f, 10.2f, 1.1f)};

constexpr ShapePoint search_grip[] = {{15.6f, 15.6f}, {20.5f, 20.5f}};
constexpr IconPart search[] = {ring(10.5f, 10.5f, 6.8f), line(search_grip)};

constexpr ShapePoint back_head[] = {{11, 5}, {4, 12}, {11, 19}};
constexpr ShapePoint back_shaft[] = {{4, 12}, {20, 12}};
constexpr IconPart back[] = {line(back_head), line(back_shaft)};
constexpr ShapePoint forward_head[] = {{13, 5}, {20, 12}, {13, 19}};
constexpr IconPart forward[] = {line(forward_head), line(back_shaft)};
constexpr ShapePoint up_head[] = {{4.5f, 15.5f}, {12, 8}, {19.5f, 15.5f}};
constexpr IconPart up[] = {line(up_head)};
constexpr ShapePoint down_head[] = {{4.5f, 8.5f}, {12, 16}, {19.5f, 8.5f}};
constexpr IconPart down[] = {line(down_head)};

constexpr ShapePoint check_line[] = {{4.5f, 12.6f}, {9.6f, 17.7f}, {19.5f, 6.8f}};
constexpr IconPart check[] = {line(check_line)};
constexpr ShapePoint cross_a[] = {{6, 6}, {18, 18}};
constexpr ShapePoint cross_b[] = {{18, 6}, {6, 18}};
constexpr IconPart cross[] = {line(cross_a), line(cross_b)};

constexpr ShapePoint clock_hands[] = {{12, 6.8f}, {12, 12}, {15.6f, 14.2f}};
constexpr IconPart clock_parts[] = {ring(12, 12, 9), line(clock_hands)};

constexpr ShapePoint pin_tip[] = {{5.53f, 12.68f}, {12, 21.5f}, {18.47f, 12.68f}};
constexpr IconPart place[] = {arc(12, 10, 7, 14, 34), line(pin_tip), ring(12, 10, 2.4f)};

constexpr ShapePoint house[] = {{3.5f, 11.2f}, {12, 3.8f}, {20.5f, 11.2f}};
constexpr ShapePoint house_walls[] = {{5.8f, 9.6f}, {5.8f, 20}, {18.2f, 20}, {18.2f, 9.6f}};
constexpr ShapePoint house_door[] = {{9.8f, 20}, {9.8f, 14}, {14.2f, 14}, {14.2f, 20}};
constexpr IconPart home[] = {line(house), line(house_walls), line(house_door)};

constexpr ShapePoint question_stem[] = {{14.2f, 11.8f}, {12.6f, 12.8f}, {12, 14}};
constexpr IconPart help[] = {ring(12, 12, 9.2f), arc(12, 9.4f, 3, 15, 35), line(question_stem),
                             disc(12, 17.3f, 1.25f)};

constexpr ShapePoint loudspeaker[] = {{3, 9.2f}, {7, 9.2f}, {12, 4.8f}, {12, 19.2f}, {7, 14.8f}, {3, 14.8f}};
constexpr IconPart listen[] = {loop(loudspeaker), arc(12, 12, 4.2f, -4, 4), arc(12, 12, 8.4f, -4, 4)};

constexpr ShapePoint half_a[] = {{12, 2.8f}, {12, 21.2f}};
constexpr ShapePoint half_b[] = {{15, 4.2f}, {15, 19.8f}};
constexpr ShapePoint half_c[] = {{18, 6.2f}, {18, 17.8f}};
constexpr IconPart contrast_parts[] = {ring(12, 12, 9.2f), line(half_a), line(half_b), line(half_c)};

constexpr ShapePoint big_a[] = {{2.5f, 19}, {8.5f, 4.5f}, {14.5f, 19}};
constexpr ShapePoint big_a_bar[] = {{4.9f, 13.6f}, {12.1f, 13.6f}};
constexpr ShapePoint small_a[] = {{15, 19}, {18.4f, 10.6f}, {21.8f, 19}};
constexpr ShapePoint small_a_bar[] = {{16.3f, 16.2f}, {20.5f, 16.2f}};
constexpr IconPart text_size[] = {line(big_a), line(big_a_bar), line(small_a), line(small_a_bar)};

constexpr ShapePoint globe_across[] = {{3, 12}, {21, 12}};
constexpr ShapePoint globe_left[] = {{12, 3},    {9.6f, 5.8f},  {8.3f, 9}, {8, 12},
                                     {8.3f, 15}, {9.6f, 18.2f}, {12, 21}};
constexpr ShapePoint globe_right[] = {{12, 3},     {14.4f, 5.8f},  {15.7f, 9}, {16, 12},
                                      {15.7f, 15}, {14.4f, 18.2f}, {12, 21}};
constexpr IconPart language[] = {ring(12, 12, 9), line(globe_across), line(globe_left), line(globe_right)};

constexpr ShapePoint handset[] = {{6.6f, 3.2f},   {9.4f, 3.2f},   {10.9f, 7.6f},  {8.8f, 9.6f},
                                  {10.6f, 12.4f}, {13.6f, 15.2f}, {15.8f, 13.3f}, {20.6f, 14.8f},
                                  {20.6f, 18.2f}, {18.4f, 20.6f}, {15.4f, 20.4f}, {9.6f, 16.9f},
                                  {5, 11.2f},     {3.6f, 6.4f},   {4.4f, 4.2f}};
constexpr IconPart phone[] = {loop(handset)};

constexpr ShapePoint letter[] = {{4, 5.5f},   {20, 5.5f}, {21, 6.5f}, {21, 17.5f},
                                 {20, 18.5f}, {4, 18.5f}, {3, 17.5f}, {3, 6.5f}};
constexpr ShapePoint letter_fold[] = {{3.6f, 7}, {12, 13.2f}, {20.4f, 7}};
constexpr IconPart mail[] = {loop(letter), line(letter_fold)};

constexpr ShapePoint star_points[] = {{12, 3},  {14.7f, 8.9f}, {21, 9.6f},    {16.3f, 13.9f}, {17.6f, 20.2f},
                                      {12, 17}, {6.4f, 20.2f}, {7.7f, 13.9f}, {3, 9.6f},      {9.3f, 8.9f}};
constexpr IconPart star[] = {loop(star_points)};

constexpr ShapePoint lock_body[] = {{6, 10.8f},  {18, 10.8f}, {19, 11.8f}, {19, 19.6f},
                                    {18, 20.6f}, {6, 20.6f},  {5, 19.6f},  {5, 11.8f}};
constexpr ShapePoint lock_left[] = {{7.8f, 10.8f}, {7.8f, 7.6f}};
constexpr ShapePoint lock_right[] = {{16.2f, 10.8f}, {16.2f, 7.6f}};
constexpr IconPart lock[] = {loop(lock_body), line(lock_left), line(lock_right), arc(12, 7.6f, 4.2f, 16, 32),
                             disc(12, 15.6f, 1.4f)};

constexpr ShapePoint printer_paper[] = {{7, 8.5f}, {7, 3.5f}, {17, 3.5f}, {17, 8.5f}};
constexpr ShapePoint printer_body[] = {{7, 17},       {3.5f, 17},  {3.5f, 8.5f},
                                       {20.5f, 8.5f}, {20.5f, 17}, {17, 17}};
constexpr ShapePoint printer_sheet[] = {{7, 14}, {17, 14}, {17, 20.5f}, {7, 20.5f}};
constexpr IconPart printer[] = {line(printer_paper), line(printer_body), loop(printer_sheet)};

constexpr ShapePoint slider_a[] = {{3, 7}, {11.4f, 7}};
constexpr ShapePoint slider_b[] = {{16.6f, 7}, {21, 7}};
constexpr ShapePoint slider_c[] = {{3, 17}, {7.4f, 17}};
constexpr ShapePoint slider_d[] = {{12.6f, 17}, {21, 17}};
constexpr IconPart settings[] = {line(slider_a), line(slider_b), ring(14, 7, 2.6f),
                                 line(slider_c), line(slider_d), ring(10, 17, 2.6f)};

constexpr ShapePoint triangle_edge[] = {{12, 3.6f}, {22, 20.4f}, {2, 20.4f}};
constexpr ShapePoint triangle_stem[] = {{12, 10}, {12, 14.4f}};
constexpr IconPart warning[] = {loop(triangle_edge), line(triangle_stem), disc(12, 17.4f, 1.2f)};

constexpr ShapePoint cloud[] = {{7, 18.5f},     {4.6f, 17.6f},  {3.2f, 15.4f},  {3.6f, 12.8f},
                                {5.4f, 11},     {7, 10.6f},     {8.4f, 7.8f},   {11, 6.2f},
                                {14, 6.4f},     {16.6f, 8.4f},  {17.4f, 11},    {19.6f, 11.8f},
                                {20.9f, 13.8f}, {20.6f, 16.4f}, {18.8f, 18.2f}, {17, 18.5f}};
constexpr ShapePoint cloud_slash[] = {{3.5f, 3.5f}, {20.5f, 21}};
constexpr IconPart offline[] = {loop(cloud), line(cloud_slash)};

constexpr ShapePoint reach_shaft[] = {{12, 3.5f}, {12, 14.5f}};
constexpr ShapePoint reach_head[] = {{6.5f, 9.5f}, {12, 15}, {17.5f, 9.5f}};
constexpr ShapePoint reach_floor[] = {{4, 20}, {20, 20}};
constexpr IconPart reach[] = {line(reach_shaft), line(reach_head), line(reach_floor)};

constexpr ShapePoint send_shaft[] = {{12, 15}, {12, 4}};
constexpr ShapePoint send_head[] = {{6.5f, 9}, {12, 3.5f}, {17.5f, 9}};
constexpr ShapePoint send_tray[] = {{4, 14}, {4, 20}, {20, 20}, {20, 14}};
constexpr IconPart send[] = {line(send_shaft), line(send_head), line(send_tray)};

constexpr ShapePoint stick_body[] = {{7.5f, 9}, {16.5f, 9}, {16.5f, 21}, {7.5f, 21}};
constexpr ShapePoint stick_plug[] = {{9.2f, 9}, {9.2f, 3}, {14.8f, 3}, {14.8f, 9}};
constexpr IconPart stick[] = {loop(stick_body), line(stick_plug), disc(12, 6, 1.1f)};

} // namespace

std::span<const IconPart> parts_of(Icon icon) {
    switch (icon) {
    case Icon::none:
        return {};
    case Icon::briefcase:
        return briefcase;
    case Icon::person:
        return person;
    case Icon::graduation:
        return graduation;
    case Icon::speech_bubble:
        return speech_bubble;
    case Icon::keyboard:
        return keyboard;
    case Icon::search:
        return search;
    case Icon::back:
        return back;
    case Icon::forward:
        return forward;
    case Icon::caret_left:
        return caret_left;
    case Icon::caret_right:
        return caret_right;
    case Icon::up:
        return up;
    case Icon::down:
        return down;
    case Icon::check:
        return check;
    case Icon::cross:
        return cross;
    case Icon::clock:
        return clock_parts;
    case Icon::place:
        return place;
    case Icon::home:
        return home;
    case Icon::help:
        return help;
    case Icon::listen:
        return listen;
    case Icon::contrast:
        return contrast_parts;
    case Icon::text_size:
        return text_size;
    case Icon::language:
        return language;
    case Icon::phone:
        return phone;
    case Icon::mail:
        return mail;
    case Icon::star:
        return star;
    case Icon::lock:
        return lock;
    case Icon::printer:
        return printer;
    case Icon::settings:
        return settings;
    case Icon::warning:
        return warning;
    case Icon::offline:
        return offline;
    case Icon::reach:
        return reach;
    case Icon::earlier:
        return caret_left;
    case Icon::later:
        return caret_right;
    case Icon::send:
        return send;
    case Icon::stick:
        return stick;
    }
    return {};
}

bool points_sideways(Icon icon) {
    return icon == Icon::back || icon == Icon::forward || icon == Icon::earlier || icon == Icon::later ||
           icon == Icon::listen || icon == Icon::speech_bubble;
}

} // namespace vakant
