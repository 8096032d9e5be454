package dev.wane.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** SHA-256 of bundled files, as listed in a {@code SHA256SUMS} beside them. */
public final class Checksums {
    private final Class<?> owner;
    private final String folder;
    private final Map<String, String> expected;

    Checksums(Class<?> owner, String folder) {
        this.owner = owner;
        this.folder = folder;
        this.expected = parse(new String(bytes("SHA256SUMS"), StandardCharsets.UTF_8));
    }

    /** File name to SHA-256, in name order. */
    Map<String, String> all() {
        return Map.copyOf(expected);
    }

    /**
     * A file's bytes, verified.
     *
     * @throws CorruptedDataException if the file is not the listed one
     */
    byte[] verified(String name) {
        byte[] bytes = bytes(name);
        String actual = sha256(bytes);
        if (!actual.equals(expected.get(name))) {
            throw new CorruptedDataException(
                    folder + "/" + name + ": SHA-256 must be " + expected.get(name) + ", got " + actual);
        }
        return bytes;
    }

    /** SHA-256 in lower-case hexadecimal. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    private byte[] bytes(String name) {
        try (InputStream in = owner.getResourceAsStream(folder + "/" + name)) {
            if (in == null) {
                throw new CorruptedDataException(folder + "/" + name + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + "/" + name, e);
        }
    }

    private static Map<String, String> parse(String text) {
        Map<String, String> sums = new TreeMap<>();
        text.lines().map(line -> line.split("\\s+\\*?", 2)).forEach(parts -> sums.put(parts[1], parts[0]));
        return sums;
    }
}
