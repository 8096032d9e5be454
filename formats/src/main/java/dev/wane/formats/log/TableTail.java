package dev.wane.formats.log;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** A table, whose names are in its first line. */
final class TableTail extends LogTail {
    private final WholeLines lines;
    private String header = "";

    TableTail(Path file) {
        super(file);
        this.lines = new WholeLines(file);
    }

    /** A logger that learns of a new column writes its table anew, with another header. */
    @Override
    public boolean startsAnew() {
        try (BufferedReader in = Files.newBufferedReader(file())) {
            String first = in.readLine();
            boolean anew = !header.isEmpty() && first != null && !first.equals(header);
            if (anew) {
                header = "";
                lines.again();
            }
            return anew;
        } catch (IOException e) {
            // What cannot be read now is said by the reading.
            return false;
        }
    }

    @Override
    void read(Consumer<Logged> sink) throws IOException {
        for (List<String> some = lines.read(); !some.isEmpty(); some = lines.read()) {
            List<String> rows = some;
            if (header.isEmpty() || some.getFirst().equals(header)) {
                header = some.getFirst();
                rows = some.subList(1, some.size());
            }
            CsvLog.rows(file, header + "\n" + String.join("\n", rows), sink);
        }
    }
}
