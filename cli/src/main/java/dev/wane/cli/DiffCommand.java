package dev.wane.cli;

import dev.wane.formats.config.RunFacts;
import dev.wane.formats.diff.Comparison;
import dev.wane.formats.diff.DiffJson;
import dev.wane.formats.diff.Difference;
import dev.wane.formats.diff.RunSettings;
import dev.wane.formats.diff.Settings;
import dev.wane.formats.json.Json;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problems;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What two runs train with differently. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {
            "Compares learning rate, weight decay, its meaning, schedule and batch of two configurations, or of a checkpoint's"
                    + " optimizer and a configuration.",
            "Exits with 1 where they differ."
        },
        footer = {"", "Example:", "  wane diff checkpoint.pt train.yaml"})
final class DiffCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "A", description = "A configuration or a PyTorch checkpoint.")
    Path a = Path.of("");

    @Parameters(index = "1", arity = "0..1", paramLabel = "B", description = "Another one, unless --preset is given.")
    @Nullable
    Path b;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "A published recipe in place of B; see wane presets.")
    @Nullable
    String preset;

    @Mixin
    RunOptions run = new RunOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Spec
    @Nullable
    CommandSpec spec;

    /** Empty where neither a file nor a preset is given. */
    private Optional<RunSettings> other(RunFacts facts) {
        if (b != null) {
            return Optional.of(Settings.read(b, facts));
        }
        return Optional.ofNullable(preset).map(Settings::preset);
    }

    @Override
    public Integer call() {
        Problems problems = new Problems();
        RunFacts facts = run.facts(problems);
        if ((b == null) == (preset == null)) {
            problems.add(Position.option(), "diff needs B or --preset, one of them");
        }
        List<RunSettings> sides = new ArrayList<>();
        problems.attempt(() -> sides.add(Settings.read(a, facts)));
        problems.attempt(() -> other(facts).ifPresent(sides::add));
        problems.throwIfAny();
        List<Difference> differences = Comparison.of(sides.getFirst(), sides.getLast());
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (output.json) {
            out.println(Json.pretty(DiffJson.of(differences)));
        } else {
            print(out, differences, sides);
        }
        return differences.isEmpty() ? ExitCode.SUCCESS : ExitCode.CHECK_FAILED;
    }

    private void print(PrintWriter out, List<Difference> differences, List<RunSettings> sides) {
        List<RunSettings> open =
                sides.stream().filter(side -> side.written().open() != null).toList();
        if (differences.isEmpty()) {
            out.println(open.isEmpty() ? "no difference" : "no difference in what is written");
        } else {
            table(out, differences, sides.getLast().source());
        }
        open.forEach(side -> out.println(output.style()
                .faint("note: " + side.source() + ": length and schedule are compared as they are written; "
                        + side.written().open())));
    }

    private void table(PrintWriter out, List<Difference> differences, String right) {
        out.println(output.style().bold("a: " + a));
        out.println(output.style().bold("b: " + right));
        for (Difference difference : differences) {
            out.println(String.format(
                    "  %-10s %-18s %-24s %-24s %s",
                    difference.group(),
                    difference.quantity(),
                    text(difference.a()),
                    text(difference.b()),
                    difference.effect()));
        }
    }

    private static String text(@Nullable Object value) {
        return value == null ? "not said" : value instanceof Double number ? Numbers.of(number) : value.toString();
    }
}
