package dev.wane.formats.log;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A table with names in its first line; cells that are empty or no numbers are passed over, as Lightning leaves many. */
final class CsvLog {
    private static final List<String> STEPS = List.of("step", "global_step", "iter", "iteration", "epoch");

    private CsvLog() {}

    static void each(Path file, Consumer<Logged> sink) throws IOException {
        try (CsvReader<CsvRecord> rows = CsvReader.builder()
                .fieldSeparator(separator(file))
                .detectBomHeader(true)
                .allowMissingFields(true)
                .allowExtraFields(true)
                .ofCsvRecord(file)) {
            List<String> names = List.of();
            int step = -1;
            for (CsvRecord row : rows) {
                if (names.isEmpty()) {
                    names = row.getFields().stream().map(String::strip).toList();
                    step = STEPS.stream()
                            .map(names::indexOf)
                            .filter(i -> i >= 0)
                            .findFirst()
                            .orElse(-1);
                } else {
                    row(names, step, row, sink);
                }
            }
        } catch (CsvParseException e) {
            throw RunLog.problem(file, 0, "is no table: " + e.getMessage());
        } catch (UncheckedIOException e) {
            throw RunLog.problem(file, 0, "cannot be read: " + e.getMessage());
        }
    }

    /** What the first line has most of. */
    private static char separator(Path file) throws IOException {
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

    private static void row(List<String> names, int step, CsvRecord row, Consumer<Logged> sink) {
        double at = step >= 0 && step < row.getFieldCount() ? number(row.getField(step)) : Double.NaN;
        for (int i = 0; i < Math.min(names.size(), row.getFieldCount()); i++) {
            String cell = row.getField(i).strip();
            double value = number(cell);
            if (!Double.isNaN(value) || cell.equalsIgnoreCase("nan")) {
                sink.accept(new Logged(names.get(i), at, value));
            }
        }
    }

    /** NaN where it is none. */
    private static double number(String cell) {
        String text = cell.strip();
        if (text.matches("[-+]?(inf|Infinity)")) {
            return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return text.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?") ? Double.parseDouble(text) : Double.NaN;
    }
}
