package dev.wane.lab.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a program writes, kept in a file up to a limit: of more, the beginning and the end stay. */
final class Output {
    private static final long LONGEST = 16L << 20;
    private static final int END_BYTES = 1 << 16;
    private static final int TAIL_BYTES = 8192;
    private static final int TAIL_LINES = 12;

    private Output() {}

    /** Copies until the program's side ends; what is beyond the limit is read, so that the program goes on. */
    static void copy(InputStream from, Path file) throws IOException {
        try (OutputStream to = Files.newOutputStream(file)) {
            long left = LONGEST;
            byte[] buffer = new byte[8192];
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                to.write(buffer, 0, read);
                to.flush();
                left -= read;
                if (left <= 0) {
                    end(from, to);
                    return;
                }
            }
        }
    }

    private static void end(InputStream from, OutputStream to) throws IOException {
        byte[] ring = new byte[END_BYTES];
        long count = 0;
        try {
            for (int read = from.read(); read >= 0; read = from.read()) {
                ring[(int) (count++ % END_BYTES)] = (byte) read;
            }
        } finally {
            int kept = (int) Math.min(count, END_BYTES);
            int start = (int) ((count - kept) % END_BYTES);
            to.write(("\n… " + (count - kept) + " bytes left out …\n").getBytes(StandardCharsets.UTF_8));
            to.write(ring, start, Math.min(kept, END_BYTES - start));
            to.write(ring, 0, kept - Math.min(kept, END_BYTES - start));
        }
    }

    /** The last lines. */
    static String tail(Path file) {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long start = Math.max(0, in.length() - TAIL_BYTES);
            byte[] bytes = new byte[(int) (in.length() - start)];
            in.seek(start);
            in.readFully(bytes);
            List<String> lines =
                    new String(bytes, StandardCharsets.UTF_8).strip().lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(the output cannot be read: " + e.getMessage() + ")";
        }
    }
}
