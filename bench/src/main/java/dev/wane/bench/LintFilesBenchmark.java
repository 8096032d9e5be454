package dev.wane.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code wane lint} of 1,000 configurations in one call, against the same in ten calls. The files are those of the readers'
 * tests, over and over.
 *
 * <p>Run: {@code bench/run lint-files}
 */
final class LintFilesBenchmark implements Benchmark {
    private static final Path FAMILIES = Path.of("formats/src/test/resources/dev/wane/formats/config");
    private static final int FILES = 1000;
    private static final int CALLS = 10;
    private static final int ROUNDS = 5;

    @Override
    public String name() {
        return "lint-files";
    }

    @Override
    public List<Row> run() {
        List<String> files = files();
        double peak = lint(files);
        String test = "lint of 1,000 files, peak %.0f MiB".formatted(peak);
        return List.of(new HeadToHead(test, 1, ROUNDS)
                .run(
                        new HeadToHead.Side("one call", () -> lint(files)),
                        new HeadToHead.Side("ten calls", () -> inTenCalls(files))));
    }

    private static void inTenCalls(List<String> files) {
        int part = FILES / CALLS;
        for (int i = 0; i < CALLS; i++) {
            lint(files.subList(i * part, (i + 1) * part));
        }
    }

    private static double lint(List<String> files) {
        List<String> command = new ArrayList<>(List.of("./wane", "lint", "--fail-on", "never", "--world-size", "8"));
        command.addAll(files);
        return WaneProcess.run(command, files.size() + " files: ");
    }

    private static List<String> files() {
        try (Stream<Path> families = Files.list(FAMILIES)) {
            List<String> names = families.filter(Files::isRegularFile)
                    .map(Path::toString)
                    .filter(name -> !name.matches(".*(csv|ds_auto.json|zero3.yaml|dl4j.json)"))
                    .sorted()
                    .toList();
            return Stream.generate(() -> names)
                    .flatMap(List::stream)
                    .limit(FILES)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
