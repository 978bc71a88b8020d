// SPDX-License-Identifier: Apache-2.0

/// The taxonomy of a new vault: sixteen terms on three axes.
package enum DefaultTaxonomy {
  /// The text of `taxonomy.toml`.
  package static let text = """
    # The labels of this vault. Change the version with every change: each label event names it.
    #
    # id         what files and the store hold; never reuse one for something else
    # axis       moved, happened or level
    # key        one lower-case letter, digit or sign that no action has (`?` in the review screen)
    # name       the words on screen
    # standard   where a person can look the term up; may be missing
    # exclusive  true: excludes the other terms of its axis and empties what happened

    version = "2026.1"

    # What moved; any number of them.

    [[term]]
    id = "person"
    axis = "moved"
    key = "p"
    name = "person"
    standard = "COCO person; Camtrap DP human"

    [[term]]
    id = "vehicle"
    axis = "moved"
    key = "v"
    name = "vehicle"
    standard = "COCO car, motorcycle, bus, truck, bicycle"

    [[term]]
    id = "animal"
    axis = "moved"
    key = "a"
    name = "animal"
    standard = "Camtrap DP animal; COCO dog, cat, bird"

    [[term]]
    id = "package"
    axis = "moved"
    key = "b"
    name = "package"
    standard = "Frigate package"

    [[term]]
    id = "nothing"
    axis = "moved"
    key = "n"
    name = "nothing"
    standard = "Camtrap DP blank; ONVIF CellMotionDetector/Motion"
    exclusive = true

    # What happened; any number of them, or none.

    [[term]]
    id = "transit"
    axis = "happened"
    key = "t"
    name = "transit"
    standard = "ONVIF LineDetector/Crossed"

    [[term]]
    id = "expected_activity"
    axis = "happened"
    key = "d"
    name = "expected activity"

    [[term]]
    id = "loitering"
    axis = "happened"
    key = "o"
    name = "loitering"
    standard = "ONVIF LoiteringDetector/ObjectIsLoitering"

    [[term]]
    id = "intrusion"
    axis = "happened"
    key = "i"
    name = "intrusion"
    standard = "UCF-Crime Burglary; ONVIF FieldDetector/ObjectsInside"

    [[term]]
    id = "stealing_or_damage"
    axis = "happened"
    key = "s"
    name = "stealing or damage"
    standard = "UCF-Crime Stealing, Vandalism, Arson"

    [[term]]
    id = "fighting_or_assault"
    axis = "happened"
    key = "f"
    name = "fighting or assault"
    standard = "UCF-Crime Fighting, Assault, Shooting"

    # Alarm level; exactly one, in rising order.

    [[term]]
    id = "level_0"
    axis = "level"
    key = "0"
    name = "no call for service"
    standard = "ANSI/TMA-AVS-01 alarm level 0"

    [[term]]
    id = "level_1"
    axis = "level"
    key = "1"
    name = "something happened"
    standard = "ANSI/TMA-AVS-01 alarm level 1"

    [[term]]
    id = "level_2"
    axis = "level"
    key = "2"
    name = "human presence"
    standard = "ANSI/TMA-AVS-01 alarm level 2"

    [[term]]
    id = "level_3"
    axis = "level"
    key = "3"
    name = "threat to property"
    standard = "ANSI/TMA-AVS-01 alarm level 3"

    [[term]]
    id = "level_4"
    axis = "level"
    key = "4"
    name = "threat to life"
    standard = "ANSI/TMA-AVS-01 alarm level 4"

    # A verdict of its own, with one digit for why.

    [cannot_judge]
    key = "c"

    [[cannot_judge.reason]]
    id = "dark"
    key = "1"
    name = "too dark"

    [[cannot_judge.reason]]
    id = "frosted"
    key = "2"
    name = "too frosted"

    [[cannot_judge.reason]]
    id = "short"
    key = "3"
    name = "too short"

    [[cannot_judge.reason]]
    id = "broken"
    key = "4"
    name = "the picture is broken"

    [[cannot_judge.reason]]
    id = "other"
    key = "5"
    name = "another reason"

    # Why a reviewer passes a clip on to others; no verdict.

    [skip]

    [[skip.reason]]
    id = "disturbing"
    key = "1"
    name = "I would rather not watch"

    [[skip.reason]]
    id = "acquainted"
    key = "2"
    name = "I know people or place"

    [[skip.reason]]
    id = "unsure"
    key = "3"
    name = "someone else must decide"

    [[skip.reason]]
    id = "technical"
    key = "4"
    name = "it does not play well"

    [[skip.reason]]
    id = "other"
    key = "5"
    name = "another reason"

    """
}
