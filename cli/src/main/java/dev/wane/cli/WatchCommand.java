package dev.wane.cli;

import dev.wane.formats.RecipeReader;
import dev.wane.formats.json.Json;
import dev.wane.formats.json.WatchJson;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problems;
import dev.wane.formats.tree.Node;
import dev.wane.formats.watch.RunFollower;
import dev.wane.recipe.Recipe;
import dev.wane.watch.Diagnoses;
import dev.wane.watch.Diagnosis;
import dev.wane.watch.RegularisationGap;
import dev.wane.watch.WatchedRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the logs of a run show of weight decay. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = {
            "Reads the logs of a run, live or finished: a probe's, TensorBoard's, trainer_state.json, CSV, JSON lines.",
            "Shows what trains beside what was meant, and diagnoses with evidence, threshold, first step and remedy."
        },
        footer = {"", "Example:", "  wane watch probe.jsonl runs/ --config train.yaml"})
final class WatchCommand implements Callable<Integer> {
    private static final Map<String, String> QUANTITIES = Map.of(
            "learningRate", "lr",
            "weightDecay", "weight_decay",
            "trainLoss", "loss",
            "heldOutLoss", "val_loss",
            "gradientNorm", "grad_norm");

    @Parameters(arity = "1..*", paramLabel = "LOG", description = "Logs of one run, or its folder.")
    List<Path> logs = new ArrayList<>();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "What it was meant to train with; options override it.")
    @Nullable
    Path config;

    @Option(
            names = "--beside",
            paramLabel = "LOG",
            description = "Another run's logs, compared at equal shares of the schedules.")
    List<Path> beside = new ArrayList<>();

    @Option(names = "--beside-config", paramLabel = "FILE", description = "What that one was meant to train with.")
    @Nullable
    Path besideConfig;

    @Option(
            names = "--column",
            paramLabel = "QUANTITY=NAME",
            description = "Which figure is the learningRate, weightDecay, trainLoss, heldOutLoss or gradientNorm.")
    List<String> columns = new ArrayList<>();

    @Option(names = "--once", description = "Show what is there and end; as where the output is no terminal.")
    boolean once;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "Between looks. Default: ${DEFAULT-VALUE}.")
    double interval = 2;

    @Mixin
    RecipeOptions recipe = new RecipeOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Problems problems = new Problems();
        Map<String, String> names = names(problems);
        if (!(interval > 0)) {
            problems.add(Position.option(), "--interval must be > 0, got " + interval);
        }
        Recipe meant = meant(config, problems);
        Recipe others = besideConfig == null ? meant : meant(besideConfig, problems);
        problems.throwIfAny();
        RunFollower follower = new RunFollower(logs, names);
        if (once || output.json || !Terminal.isOutTerminal()) {
            follower.readWhole();
            show(follower.run(meant), others, names);
            return ExitCode.SUCCESS;
        }
        follow(follower, meant, others, names);
        return ExitCode.SUCCESS;
    }

    /** Until it is interrupted. */
    private void follow(
            RunFollower follower, @Nullable Recipe meant, @Nullable Recipe others, Map<String, String> names)
            throws InterruptedException {
        boolean shown = false;
        while (true) {
            if (follower.poll() || !shown) {
                out().print("\u001b[H\u001b[2J");
                show(follower.run(meant), others, names);
                shown = true;
            }
            TimeUnit.MILLISECONDS.sleep((long) (1000 * interval));
        }
    }

    private void show(WatchedRun run, @Nullable Recipe others, Map<String, String> names) {
        List<Diagnosis> diagnoses = new ArrayList<>(Diagnoses.of(run));
        if (!beside.isEmpty()) {
            RunFollower other = new RunFollower(beside, names);
            other.readWhole();
            WatchedRun otherRun = other.run(others);
            diagnoses.addAll(RegularisationGap.of(run, otherRun));
            RegularisationGap.obstacle(run, otherRun).ifPresent(this::notCompared);
        }
        out().println(
                        output.json
                                ? Json.pretty(WatchJson.of(run, diagnoses))
                                : WatchText.of(run, diagnoses, output.style()));
        out().flush();
    }

    private void notCompared(String why) {
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        err.println("note: the runs are not compared: " + why);
        err.flush();
    }

    private @Nullable Recipe meant(@Nullable Path file, Problems problems) {
        Node tree = recipe.over(recipe.tree(file), problems);
        boolean nothing =
                tree instanceof Node.Mapping mapping && mapping.entries().isEmpty();
        return nothing ? null : RecipeReader.read(tree, "a recipe", RecipeReader.KEYS, problems);
    }

    private Map<String, String> names(Problems problems) {
        Map<String, String> names = new HashMap<>();
        for (String column : columns) {
            String[] parts = column.split("=", 2);
            String name = QUANTITIES.get(parts[0]);
            if (name == null || parts.length < 2) {
                problems.add(
                        Position.option(),
                        "--column must be QUANTITY=NAME with one of "
                                + String.join(
                                        ", ",
                                        QUANTITIES.keySet().stream().sorted().toList()) + ", got '" + column + "'");
            } else {
                names.put(parts[1], name);
            }
        }
        return names;
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
