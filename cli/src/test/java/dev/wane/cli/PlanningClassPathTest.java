package dev.wane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** explain runs where neither the native library nor the laboratory is there. */
class PlanningClassPathTest {
    @Test
    void explainNeedsNeitherEngineNorLab() throws Exception {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry ->
                        !entry.matches(".*(/lab/|wane-lab|/engine/|wane-engine|/data/|wane-data|bytedeco|sqlite).*"))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                "dev.wane.cli.Wane"));
        command.addAll(List.of("explain", "--optimizer", "adamw", "--lr", "1e-3", "--weight-decay", "0.1", "--json"));

        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes());

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(printed).startsWith("{").contains("\"decayPerStep\" : 1.0E-4");
        assertThat(process.exitValue()).isZero();
    }
}
