package dev.wane.data;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/**
 * Reads gzipped IDX files of unsigned bytes: two zero bytes, type 8, the number of dimensions, each dimension as a
 * big-endian int, then the values.
 */
final class Idx {
    private static final int UNSIGNED_BYTE = 8;

    private Idx() {}

    /**
     * The values of a file.
     *
     * @throws CorruptedDataException if the header or the length is not as expected
     */
    static byte[] read(String name, byte[] gzipped, int... dimensions) throws IOException {
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(gzipped)))) {
            expect(name, "magic number", (UNSIGNED_BYTE << 8) | dimensions.length, in.readInt());
            int size = 1;
            for (int dimension : dimensions) {
                expect(name, "dimension", dimension, in.readInt());
                size *= dimension;
            }
            byte[] values = in.readNBytes(size);
            expect(name, "length", size, values.length);
            return values;
        }
    }

    private static void expect(String name, String what, int expected, int actual) {
        if (expected != actual) {
            throw new CorruptedDataException(name + ": " + what + " must be " + expected + ", got " + actual);
        }
    }
}
