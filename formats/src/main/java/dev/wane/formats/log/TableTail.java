package dev.wane.formats.log;

import java.io.IOException;
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
