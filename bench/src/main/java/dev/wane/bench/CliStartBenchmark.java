package dev.wane.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code wane explain} as a whole process, launcher included, against the same program without the AOT cache. The
 * candidate's seconds are what a person waits.
 *
 * <p>Run: {@code bench/run cli-start}
 */
final class CliStartBenchmark implements Benchmark {
    private static final int ROUNDS = 15;

    @Override
    public String name() {
        return "cli-start";
    }

    @Override
    public List<Row> run() {
        List<String> launcher = List.of("./wane", "explain", "examples/recipe.yaml");
        List<String> plain = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("wane.cli.classpath"),
                "dev.wane.cli.Wane",
                "explain",
                "examples/recipe.yaml");
        return List.of(new HeadToHead("wane explain, warm", 1, ROUNDS)
                .run(
                        new HeadToHead.Side("launcher with AOT cache", () -> execute(launcher)),
                        new HeadToHead.Side("java without cache", () -> execute(plain))));
    }

    private static void execute(List<String> command) {
        try {
            Path output = Files.createTempFile("wane", "out");
            int code = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start()
                    .waitFor();
            String printed = Files.readString(output);
            Files.delete(output);
            if (code != 0 || !printed.contains("decay per step")) {
                throw new IllegalStateException(command + " ended with " + code + ": " + printed);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
