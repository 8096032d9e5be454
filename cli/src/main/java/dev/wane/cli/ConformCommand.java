package dev.wane.cli;

import dev.wane.conform.ConformanceCase;
import dev.wane.conform.ConformanceCheck;
import dev.wane.conform.ConformanceKit;
import dev.wane.formats.ConformResults;
import dev.wane.formats.json.ConformJson;
import dev.wane.formats.json.Json;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problem;
import dev.wane.formats.tree.TreeReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The conformance kit. */
@Command(
        name = "conform",
        mixinStandardHelpOptions = true,
        description = "Writes test vectors for optimizers in any language, and checks what an implementation computed.",
        footer = {"", "Example:", "  wane conform emit vectors", "  wane conform check vectors results.json"})
final class ConformCommand {
    @Spec
    @Nullable
    CommandSpec spec;

    @Command(
            name = "emit",
            mixinStandardHelpOptions = true,
            description = "Writes one JSON file per case.",
            footer = {"", "Example:", "  wane conform emit vectors"})
    int emit(@Parameters(paramLabel = "DIR", description = "Made if absent.") Path folder) {
        List<ConformanceCase> cases = ConformanceKit.cases();
        try {
            Files.createDirectories(folder);
            for (ConformanceCase each : cases) {
                Files.writeString(folder.resolve(each.name() + ".json"), Json.pretty(ConformJson.vectors(each)) + "\n");
            }
        } catch (IOException e) {
            throw problem("the folder " + folder + " cannot be written: " + e);
        }
        out().println(cases.size() + " cases written to " + folder);
        return ExitCode.SUCCESS;
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Compares results with the cases of a folder.",
            footer = {"", "Example:", "  wane conform check vectors results.json"})
    int check(
            @Parameters(paramLabel = "DIR", description = "As emitted.") Path folder,
            @Parameters(paramLabel = "RESULTS.json", description = "Case name to weights after each step.")
                    Path results,
            @Option(
                            names = "--tolerance",
                            paramLabel = "X",
                            defaultValue = "1e-9",
                            description =
                                    "Largest relative error; 1e-5 for single precision. Default: ${DEFAULT-VALUE}.")
                    double tolerance,
            @Mixin OutputOptions output) {
        if (!(tolerance > 0 && tolerance < 1)) {
            throw problem("--tolerance must be in (0, 1), got " + tolerance);
        }
        if (!Files.isDirectory(folder)) {
            throw problem("the folder " + folder + " does not exist: wane conform emit " + folder + " makes it");
        }
        requireUnchanged(folder);
        Map<String, List<double[]>> actual = ConformResults.read(TreeReader.read(results));
        List<ConformanceCase> cases = ConformanceKit.cases().stream()
                .filter(each -> Files.exists(folder.resolve(each.name() + ".json")))
                .filter(each -> actual.containsKey(each.name()))
                .toList();
        requireKnown(cases, actual, folder);
        List<ConformanceCheck.Failure> failures = new ArrayList<>();
        cases.forEach(each -> ConformanceCheck.check(each, Objects.requireNonNull(actual.get(each.name())), tolerance)
                .ifPresent(failures::add));
        if (output.json) {
            out().println(Json.pretty(ConformJson.check(cases.size(), failures, absent(folder, actual))));
        } else {
            print(cases, failures);
            absent(absent(folder, actual));
        }
        return failures.isEmpty() ? ExitCode.SUCCESS : ExitCode.CHECK_FAILED;
    }

    /** Results of other inputs prove nothing. */
    private static void requireUnchanged(Path folder) {
        List<Problem> changed = ConformanceKit.cases().stream()
                .map(each -> folder.resolve(each.name() + ".json"))
                .filter(Files::exists)
                .filter(file -> !TreeReader.text(file).equals(vectors(file)))
                .map(file -> new Problem(
                        new Position(file.toString(), 0, 0),
                        "is not the case of this version of the kit: wane conform emit writes it anew"))
                .toList();
        if (!changed.isEmpty()) {
            throw new InputException(changed);
        }
    }

    private static String vectors(Path file) {
        return ConformanceKit.cases().stream()
                .filter(each -> file.endsWith(each.name() + ".json"))
                .map(each -> Json.pretty(ConformJson.vectors(each)) + "\n")
                .findFirst()
                .orElse("");
    }

    private static void requireKnown(List<ConformanceCase> cases, Map<String, List<double[]>> actual, Path folder) {
        List<String> known = cases.stream().map(ConformanceCase::name).toList();
        List<String> unknown =
                actual.keySet().stream().filter(name -> !known.contains(name)).toList();
        if (!unknown.isEmpty() || cases.isEmpty()) {
            throw problem(
                    cases.isEmpty()
                            ? "the results name no case of " + folder
                            : "the results name cases that " + folder + " does not have: "
                                    + String.join(", ", unknown));
        }
    }

    private void print(List<ConformanceCase> cases, List<ConformanceCheck.Failure> failures) {
        for (ConformanceCase each : cases) {
            String verdict = failures.stream()
                    .filter(failure -> failure.name().equals(each.name()))
                    .map(failure -> "FAILS from step " + failure.step() + " by "
                            + Numbers.of(failure.maxRelativeError()) + ": " + failure.diagnosis())
                    .findFirst()
                    .orElse("ok");
            out().println(String.format("%-28s %s (%s)", each.name(), verdict, each.property()));
        }
        out().println((cases.size() - failures.size()) + " of " + cases.size() + " cases pass");
    }

    /** Cases that the results leave out are not passed. */
    private static List<String> absent(Path folder, Map<String, List<double[]>> actual) {
        return ConformanceKit.cases().stream()
                .map(ConformanceCase::name)
                .filter(name -> Files.exists(folder.resolve(name + ".json")))
                .filter(name -> !actual.containsKey(name))
                .toList();
    }

    private void absent(List<String> absent) {
        if (!absent.isEmpty()) {
            out().println("not in the results: " + String.join(", ", absent));
        }
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    private static InputException problem(String message) {
        return new InputException(List.of(new Problem(Position.option(), message)));
    }
}
