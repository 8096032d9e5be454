package dev.wane.formats.log;

import dev.wane.formats.wire.Window;
import dev.wane.formats.wire.WireReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * TensorBoard's scalars. A file is a sequence of records: length, its checksum, an event, its checksum. A last record that
 * is cut off is being written and is not read.
 */
final class EventFile {
    private static final int HEADER = 12;
    private static final int FOOTER = 4;
    private static final long LONGEST = 1L << 30;
    private static final int BLOCK = 1 << 16;

    private EventFile() {}

    /** What is done with an event; false ends the reading. */
    interface Reader {
        boolean read(WireReader event) throws IOException;
    }

    static void each(Path file, Consumer<Logged> sink) throws IOException {
        from(file, 0, sink);
    }

    /** Reads on from a place, and says where the next record begins. */
    static long from(Path file, long start, Consumer<Logged> sink) throws IOException {
        return records(file, start, event -> {
            event(event, sink);
            return true;
        });
    }

    static long records(Path file, long start, Reader reader) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            Window window = new Window(channel, BLOCK);
            long size = channel.size();
            long at = start;
            while (size - at >= HEADER + FOOTER) {
                long length = window.number(at, Long.BYTES);
                if (length < 0 || length > LONGEST || !whole(window, at, Long.BYTES)) {
                    throw RunLog.problem(file, 0, "is broken at byte " + at + ": the length of a record is wrong");
                }
                if (size - at < HEADER + length + FOOTER) {
                    return at;
                }
                long content = at + HEADER;
                if (!whole(window, content, length)) {
                    throw RunLog.problem(file, 0, "is broken at byte " + content + ": a record's checksum is wrong");
                }
                at = content + length + FOOTER;
                if (!reader.read(new WireReader(window, content, content + length))) {
                    return at;
                }
            }
            return at;
        }
    }

    /** Whether the masked checksum behind some bytes is theirs. */
    private static boolean whole(Window window, long at, long length) throws IOException {
        CRC32C crc = new CRC32C();
        window.check(at, length, crc);
        int masked = Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
        return masked == (int) window.number(at + length, Integer.BYTES);
    }

    /** Event: step 2, summary 5. */
    private static void event(WireReader event, Consumer<Logged> sink) throws IOException {
        double step = 0;
        while (event.next()) {
            if (event.field() == 2) {
                step = event.value();
            } else if (event.field() == 5 && event.isMessage()) {
                summary(event.message(), step, sink);
            }
        }
    }

    private static void summary(WireReader summary, double step, Consumer<Logged> sink) throws IOException {
        while (summary.next()) {
            if (summary.field() == 1 && summary.isMessage()) {
                value(summary.message(), step, sink);
            }
        }
    }

    /** Value: tag 1, simple_value 2, tensor 8. */
    private static void value(WireReader value, double step, Consumer<Logged> sink) throws IOException {
        String tag = "";
        Double number = null;
        while (value.next()) {
            switch (value.field()) {
                case 1 -> tag = value.text();
                case 2 -> number = (double) value.asFloat();
                case 8 -> number = value.isMessage() ? tensor(value.message()) : number;
                default -> {
                    // Images, histograms and metadata are no scalars.
                }
            }
        }
        if (number != null) {
            sink.accept(new Logged(tag, step, number));
        }
    }

    /** TensorProto of one number: dtype 1 (float), shape 2 without sizes, tensor_content 4 or float_val 5. */
    private static @Nullable Double tensor(WireReader tensor) throws IOException {
        Double number = null;
        while (tensor.next()) {
            if (tensor.field() == 4 && tensor.isMessage() && tensor.value() == Float.BYTES) {
                number = (double) tensor.message().float32();
            } else if (tensor.field() == 5) {
                number = (double) (tensor.isMessage() ? tensor.message().float32() : tensor.asFloat());
            }
        }
        return number;
    }
}
