package dev.wane.formats.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The file for training scripts. */
public final class ProbeScript {
    private ProbeScript() {}

    /** Its Python. */
    public static String text() {
        try (InputStream in = Objects.requireNonNull(ProbeScript.class.getResourceAsStream("wane_probe.py"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
