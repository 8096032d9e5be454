package dev.wane.formats.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The file for training scripts, by the framework that trains. */
public enum ProbeScript {
    TORCH("wane_probe.py", "import wane_probe; wane_probe.attach(model, optimizer, \"probe.jsonl\")"),
    OPTAX(
            "wane_probe_optax.py",
            "import wane_probe_optax; wane_probe_optax.attach(optimizer, \"probe.jsonl\", learning_rate=schedule)");

    private final String file;
    private final String use;

    ProbeScript(String file, String use) {
        this.file = file;
        this.use = use;
    }

    /** The line that a script needs. */
    public String use() {
        return use;
    }

    /** Its Python. */
    public String text() {
        try (InputStream in = Objects.requireNonNull(ProbeScript.class.getResourceAsStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
