package dev.wane.formats.log;

import dev.wane.formats.wire.WireReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
        records(file, event -> {
            event(event, sink);
            return true;
        });
    }

    static void records(Path file, Reader reader) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long at = 0;
            while (channel.size() - at >= HEADER + FOOTER) {
                ByteBuffer header = bytes(channel, at, HEADER);
                long length = header.getLong(0);
                if (length < 0 || length > LONGEST || masked(header, 8) != header.getInt(8)) {
                    throw RunLog.problem(file, 0, "is broken at byte " + at + ": the length of a record is wrong");
                }
                if (channel.size() - at < HEADER + length + FOOTER) {
                    return;
                }
                long start = at + HEADER;
                check(file, channel, start, length);
                if (!reader.read(new WireReader(channel, start, start + length))) {
                    return;
                }
                at = start + length + FOOTER;
            }
        }
    }

    private static void check(Path file, FileChannel channel, long start, long length) throws IOException {
        CRC32C crc = new CRC32C();
        for (long at = start; at < start + length; at += BLOCK) {
            crc.update(bytes(channel, at, (int) Math.min(BLOCK, start + length - at)));
        }
        if (mask(crc) != bytes(channel, start + length, FOOTER).getInt(0)) {
            throw RunLog.problem(file, 0, "is broken at byte " + start + ": a record's checksum is wrong");
        }
    }

    private static int masked(ByteBuffer bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().limit(length));
        return mask(crc);
    }

    private static int mask(CRC32C crc) {
        return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
    }

    private static ByteBuffer bytes(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw new IOException("ends at byte " + at);
            }
        }
        return bytes.flip();
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
