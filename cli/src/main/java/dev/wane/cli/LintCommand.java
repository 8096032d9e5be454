package dev.wane.cli;

import dev.wane.formats.config.ResolvedConfig;
import dev.wane.formats.config.RunFacts;
import dev.wane.formats.json.Json;
import dev.wane.formats.lint.Baseline;
import dev.wane.formats.lint.DecayedFrozen;
import dev.wane.formats.lint.JUnitXml;
import dev.wane.formats.lint.LintJson;
import dev.wane.formats.lint.LintedFile;
import dev.wane.formats.lint.Linter;
import dev.wane.formats.lint.PlacedFinding;
import dev.wane.formats.lint.RuleBook;
import dev.wane.formats.lint.Sarif;
import dev.wane.formats.lint.Suppressions;
import dev.wane.formats.model.ModelReader;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problem;
import dev.wane.formats.problem.Problems;
import dev.wane.formats.tree.TreeReader;
import dev.wane.groups.NamedShape;
import dev.wane.lint.Severity;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What is wrong with the weight decay of configuration files. */
@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        description =
                "Finds mistakes with weight decay in training configurations, and says where each number comes from.",
        footer = {"", "Example:", "  wane lint train.yaml --with ds_zero3.json --world-size 16"})
final class LintCommand implements Callable<Integer> {
    enum Output {
        TEXT,
        JSON,
        SARIF,
        JUNIT
    }

    enum FailOn {
        ERROR,
        WARNING,
        INFO,
        NEVER
    }

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Configurations of trainers: docs/configs.md lists them.")
    List<Path> files = new ArrayList<>();

    @Mixin
    RunOptions run = new RunOptions();

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "What is trained, as for groups: finds parameters that a rule by names misses.")
    @Nullable
    Path model;

    @Option(
            names = "--past",
            paramLabel = "SOURCE",
            description = "Past runs, as report takes them: says what this timescale costs by them. May be repeated.")
    List<String> past = new ArrayList<>();

    @Mixin
    PastOptions judged = new PastOptions();

    @Option(names = "--output", paramLabel = "KIND", defaultValue = "text", description = "text, json, sarif or junit.")
    Output kind = Output.TEXT;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            defaultValue = "error",
            description =
                    "Exit with 1 from this severity on: error, warning, info or never. Default: ${DEFAULT-VALUE}.")
    FailOn failOn = FailOn.ERROR;

    @Option(names = "--baseline", paramLabel = "FILE", description = "Findings that are known and accepted.")
    @Nullable
    Path baseline;

    @Option(names = "--write-baseline", paramLabel = "FILE", description = "Accepts every finding of now.")
    @Nullable
    Path writeBaseline;

    @Option(names = "--ignore", paramLabel = "RULE=REASON", description = "Leaves a rule out, with a reason.")
    Map<String, String> ignored = new LinkedHashMap<>();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        Problems problems = new Problems();
        RunFacts facts = run.facts(problems);
        checkIgnored(problems);
        List<NamedShape> shapes = new ArrayList<>();
        if (model != null) {
            Path trained = model;
            problems.attempt(() -> shapes.addAll(ModelReader.read(trained)));
        }
        problems.throwIfAny();
        Baseline accepted = baseline == null ? null : Baseline.read(baseline);
        List<LintedFile> linted = new ArrayList<>();
        files.forEach(file -> problems.attempt(() -> linted.add(lint(file, facts, shapes, accepted))));
        if (!past.isEmpty()) {
            withCost(linted);
        }
        print(linted, problems.found());
        if (writeBaseline != null) {
            write(writeBaseline, linted);
        }
        problems.throwIfAny();
        return failing(linted) ? ExitCode.CHECK_FAILED : ExitCode.SUCCESS;
    }

    private LintedFile withFrozen(LintedFile linted) {
        return model == null
                ? linted
                : linted.with(Stream.concat(
                                linted.findings().stream(),
                                DecayedFrozen.of(model).stream()
                                        .map(found -> new PlacedFinding(
                                                found, new Position(String.valueOf(model), 0, 0), "")))
                        .toList());
    }

    private void withCost(List<LintedFile> linted) {
        RecipeOptions known = new RecipeOptions();
        known.datasetSize = run.datasetSize == null ? null : Double.toString(run.datasetSize);
        PastCost cost = PastCost.of(past, judged, known);
        linted.replaceAll(cost::with);
    }

    private LintedFile lint(Path file, RunFacts facts, List<NamedShape> shapes, @Nullable Baseline accepted) {
        ResolvedConfig config = facts.resolve(file);
        String text = TreeReader.comments(file);
        LintedFile linted = withFrozen(Linter.lint(file.toString(), config, shapes, text));
        LintedFile kept = new Suppressions(text, ignored).without(linted);
        return accepted == null ? kept : accepted.without(kept);
    }

    private void print(List<LintedFile> linted, List<Problem> problems) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        String version = Wane.Version.text();
        switch (output.json ? Output.JSON : kind) {
            case JSON -> out.println(Json.pretty(LintJson.of(linted, problems)));
            case SARIF -> out.println(Json.pretty(Sarif.of(linted, version)));
            case JUNIT -> out.println(JUnitXml.of(linted));
            case TEXT -> out.println(LintText.of(linted, output.style()));
        }
    }

    private static void write(Path file, List<LintedFile> linted) {
        try {
            Baseline.write(file, linted);
        } catch (IOException e) {
            throw new UncheckedIOException("the baseline cannot be written: " + e, e);
        }
    }

    private boolean failing(List<LintedFile> linted) {
        if (failOn == FailOn.NEVER) {
            return false;
        }
        Severity least = Severity.valueOf(failOn.name());
        return linted.stream()
                .flatMap(file -> file.findings().stream())
                .anyMatch(placed -> placed.finding().severity().atLeast(least));
    }

    private void checkIgnored(Problems problems) {
        ignored.forEach((rule, reason) -> {
            if (!RuleBook.ids().contains(rule)) {
                problems.add(Position.option(), "--ignore: " + RuleBook.unknown(rule));
            }
            if (reason == null || reason.isBlank()) {
                problems.add(Position.option(), "--ignore " + rule + " needs a reason: --ignore " + rule + "=REASON");
            }
        });
    }
}
