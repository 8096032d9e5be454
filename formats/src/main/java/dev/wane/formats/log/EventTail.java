package dev.wane.formats.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Events of TensorBoard, record by record. */
final class EventTail extends LogTail {
    private long at;

    EventTail(Path file) {
        super(file);
    }

    @Override
    void read(Consumer<Logged> sink) throws IOException {
        at = EventFile.from(file, at, sink);
    }
}
