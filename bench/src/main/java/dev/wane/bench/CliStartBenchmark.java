package dev.wane.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code wane explain} and {@code wane plan} as whole processes, launcher included, against the same program without the AOT cache. The
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
        return List.of(
                started("explain", "examples/recipe.yaml"),
                started("plan", "examples/recipe.yaml", "--target", "batch-size=1024", "--explain"));
    }

    private static Row started(String... arguments) {
        List<String> launcher = command(List.of("./wane"), arguments);
        List<String> plain = command(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("wane.cli.classpath"),
                        "dev.wane.cli.Wane"),
                arguments);
        return new HeadToHead("wane " + arguments[0] + ", warm", 1, ROUNDS)
                .run(
                        new HeadToHead.Side("launcher with AOT cache", () -> WaneProcess.run(launcher, "per step")),
                        new HeadToHead.Side("java without cache", () -> WaneProcess.run(plain, "per step")));
    }

    private static List<String> command(List<String> program, String... arguments) {
        return Stream.concat(program.stream(), Stream.of(arguments)).toList();
    }
}
