package dev.wane.lab.trial;

import dev.wane.engine.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What this process runs on. */
public final class Machine {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private Machine() {}

    public static Provenance provenance() {
        return provenance("libtorch " + Torch.version() + ", " + Torch.blas());
    }

    /** The same where something else computes. */
    public static Provenance provenance(String engine) {
        return new Provenance(
                version(),
                engine,
                System.getProperty("java.version"),
                cpu(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Long.toString(ProcessHandle.current().pid()));
    }

    /** The version of Wane; {@code development} where it does not run from a jar. */
    public static String version() {
        String version = Machine.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** Model name of the processor; {@code unknown} off Linux. */
    public static String cpu() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("unknown");
        } catch (IOException e) {
            // Only Linux has this file; elsewhere the architecture in `system` has to do.
            return "unknown";
        }
    }
}
