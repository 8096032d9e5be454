package dev.wane.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The system's Python, where it has torch; {@code WANE_REQUIRE_TORCH} makes its absence a failure. */
final class Python {
    private static final Path PYTHON = Path.of("/usr/bin/python3");

    private Python() {}

    static void needsTorch() throws Exception {
        boolean present = Files.isExecutable(PYTHON) && run("-c", "import torch") == 0;
        assertThat(present || System.getenv("WANE_REQUIRE_TORCH") == null)
                .as("WANE_REQUIRE_TORCH is set and there is no torch")
                .isTrue();
        assumeTrue(present, "needs /usr/bin/python3 with torch (Debian: python3-torch)");
    }

    static int run(String... arguments) throws Exception {
        return run(Path.of("/dev/null"), arguments);
    }

    /** With what it prints in a file. */
    static int run(Path printed, String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = PYTHON.toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }
}
