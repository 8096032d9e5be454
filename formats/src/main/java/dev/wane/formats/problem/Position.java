package dev.wane.formats.problem;

/**
 * Where a value stands in a file.
 *
 * @param file the file as the user named it, or {@code option} for a command-line option
 * @param line from 1; 0 where there is none
 * @param column from 1; 0 where there is none
 */
public record Position(String file, int line, int column) {
    /** A value given on the command line. */
    public static Position option() {
        return new Position("option", 0, 0);
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
