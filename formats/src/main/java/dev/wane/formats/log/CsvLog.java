package dev.wane.formats.log;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** A table with names in its first line; cells that are empty or no numbers are passed over, as Lightning leaves many. */
final class CsvLog {
    private static final String EPOCH = "epoch";
    private static final List<String> STEPS = List.of("step", "global_step", "iter", "iteration", EPOCH);

    private CsvLog() {}

    static void each(Path file, Consumer<Logged> sink) throws IOException {
        try (CsvReader<CsvRecord> rows = reader(Tables.separator(file)).ofCsvRecord(file)) {
            rows(rows, sink);
        } catch (CsvParseException e) {
            throw RunLog.problem(file, 0, "is no table: " + e.getMessage());
        } catch (UncheckedIOException e) {
            throw RunLog.problem(file, 0, "cannot be read: " + e.getMessage());
        }
    }

    static boolean countsEpochs(Path file) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            String header = in.readLine();
            List<String> names = header == null
                    ? List.of()
                    : Arrays.stream(header.split("[,;\t]", -1))
                            .map(String::strip)
                            .toList();
            return names.contains(EPOCH)
                    && STEPS.stream().filter(step -> !step.equals(EPOCH)).noneMatch(names::contains);
        }
    }

    /** The rows of a part of a table, below its header. */
    static void rows(Path file, String text, Consumer<Logged> sink) throws IOException {
        String plain = text.startsWith("\ufeff") ? text.substring(1) : text;
        try (CsvReader<CsvRecord> rows = reader(Tables.separator(file)).ofCsvRecord(plain)) {
            rows(rows, sink);
        } catch (CsvParseException e) {
            throw RunLog.problem(file, 0, "is no table: " + e.getMessage());
        }
    }

    private static CsvReader.CsvReaderBuilder reader(char separator) {
        return CsvReader.builder()
                .fieldSeparator(separator)
                .detectBomHeader(true)
                .allowMissingFields(true)
                .allowExtraFields(true);
    }

    private static void rows(CsvReader<CsvRecord> rows, Consumer<Logged> sink) {
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
    }

    private static void row(List<String> names, int step, CsvRecord row, Consumer<Logged> sink) {
        double at = step >= 0 && step < row.getFieldCount()
                ? Tables.figure(row.getField(step)).orElse(Double.NaN)
                : Double.NaN;
        for (int i = 0; i < Math.min(names.size(), row.getFieldCount()); i++) {
            String name = names.get(i);
            Tables.figure(row.getField(i)).ifPresent(value -> sink.accept(new Logged(name, at, value)));
        }
    }
}
