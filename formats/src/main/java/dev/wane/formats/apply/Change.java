package dev.wane.formats.apply;

/** Something that is written into a configuration. */
public sealed interface Change permits Edit, Addition {
    /** The quantity's name. */
    String quantity();

    /** What it becomes. */
    double after();
}
