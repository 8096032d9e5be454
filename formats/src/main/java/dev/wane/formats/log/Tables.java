package dev.wane.formats.log;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What tables of numbers share. */
public final class Tables {
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
    private static final Pattern INFINITE = Pattern.compile("[-+]?(inf|infinity)", Pattern.CASE_INSENSITIVE);

    private Tables() {}

    /** What the first line has most of. */
    public static char separator(Path file) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            String header = in.readLine();
            return header == null
                    ? ','
                    : Stream.of(',', ';', '\t').reduce(',', (a, b) -> count(header, b) > count(header, a) ? b : a);
        }
    }

    private static long count(String text, char c) {
        return text.chars().filter(each -> each == c).count();
    }

    /** The number that a cell holds, which may be NaN or infinite; empty where it holds none. */
    public static OptionalDouble figure(String cell) {
        String text = cell.strip();
        if (NUMBER.matcher(text).matches()) {
            return OptionalDouble.of(Double.parseDouble(text));
        }
        if (INFINITE.matcher(text).matches()) {
            return OptionalDouble.of(text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        }
        return text.equalsIgnoreCase("nan") ? OptionalDouble.of(Double.NaN) : OptionalDouble.empty();
    }
}
