package dev.wane.formats.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** JSON, an object a line. */
final class LinesTail extends LogTail {
    private final WholeLines lines;

    LinesTail(Path file) {
        super(file);
        this.lines = new WholeLines(file);
    }

    @Override
    void read(Consumer<Logged> sink) throws IOException {
        int number = lines.next();
        for (List<String> some = lines.read(); !some.isEmpty(); some = lines.read()) {
            for (int i = 0; i < some.size(); i++) {
                if (!some.get(i).isBlank()) {
                    boolean cut = i + 1 < some.size() && JsonLines.mayBeCut(some.get(i + 1));
                    JsonLines.line(file, number, some.get(i), cut, sink);
                }
                number++;
            }
        }
    }
}
