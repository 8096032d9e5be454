package dev.wane.formats.runs;

import java.nio.file.Path;

/** A folder in which a tracker keeps one run. */
interface RunFolder {
    /** What it is, for people. */
    String kind();

    /** Whether a folder is one. */
    boolean is(Path folder);

    /**
     * Reads it.
     *
     * @throws dev.wane.formats.problem.InputException if it is broken
     */
    PastRun read(Path folder);
}
