package dev.wane.formats.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A tensor as the header of a safetensors file describes it.
 *
 * @param name with dots
 * @param dtype the type of its numbers, such as {@code BF16}
 * @param shape its sizes
 * @param begin where its bytes begin, counted from the end of the header
 * @param end where they end
 */
record StoredTensor(String name, String dtype, List<Long> shape, long begin, long end) {
    private static final Map<String, Integer> BITS = Map.ofEntries(
            Map.entry("F4", 4),
            Map.entry("F6_E2M3", 6),
            Map.entry("F6_E3M2", 6),
            Map.entry("BOOL", 8),
            Map.entry("U8", 8),
            Map.entry("I8", 8),
            Map.entry("F8_E5M2", 8),
            Map.entry("F8_E4M3", 8),
            Map.entry("F8_E8M0", 8),
            Map.entry("I16", 16),
            Map.entry("U16", 16),
            Map.entry("F16", 16),
            Map.entry("BF16", 16),
            Map.entry("I32", 32),
            Map.entry("U32", 32),
            Map.entry("F32", 32),
            Map.entry("I64", 64),
            Map.entry("U64", 64),
            Map.entry("F64", 64),
            Map.entry("C64", 64));

    StoredTensor {
        shape = List.copyOf(shape);
    }

    /** Names and shapes do not need the bytes, so a type of a later version of the format is let pass. */
    void check(Path file, long data) {
        if (begin > end || end > data) {
            throw ModelReader.problem(
                    file,
                    "the bytes of '" + name + "' lie at [" + begin + ", " + end + "], outside of the " + data
                            + " there are");
        }
        Integer bits = BITS.get(dtype);
        if (bits != null && !needs(bits, end - begin)) {
            throw ModelReader.problem(
                    file, "'" + name + "' of " + dtype + " " + shape + " has " + (end - begin) + " bytes");
        }
    }

    private boolean needs(int bits, long bytes) {
        try {
            return shape.stream().reduce((long) bits, Math::multiplyExact) == Math.multiplyExact(8, bytes);
        } catch (ArithmeticException beyondLong) {
            return false;
        }
    }
}
