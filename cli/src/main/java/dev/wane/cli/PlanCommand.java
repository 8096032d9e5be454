package dev.wane.cli;

import dev.wane.elastic.Rescale;
import dev.wane.elastic.RunState;
import dev.wane.formats.Fields;
import dev.wane.formats.NumberRule;
import dev.wane.formats.PlanTargetReader;
import dev.wane.formats.RecipeReader;
import dev.wane.formats.RunStateReader;
import dev.wane.formats.json.Json;
import dev.wane.formats.json.PlanJson;
import dev.wane.formats.json.RescaleJson;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problems;
import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import dev.wane.law.DecayLaw;
import dev.wane.law.Laws;
import dev.wane.plan.Alternative;
import dev.wane.plan.Plan;
import dev.wane.plan.Planner;
import dev.wane.recipe.LearningRateRule;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.Target;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a change makes of a weight decay, by every published law. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Says what a weight decay must become when batch, data, width, optimizer … change, by every law.",
        footer = {"", "Example:", "  wane plan examples/recipe.yaml --target batch-size=1024 --lr-rule sqrt --explain"})
final class PlanCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "A recipe or a trainer's configuration; options override it.")
    @Nullable
    Path file;

    @Mixin
    RecipeOptions recipe = new RecipeOptions();

    @Option(
            names = "--base-from",
            paramLabel = "SOURCE",
            description = "The best of past runs as the base, in the place of FILE; see wane report --optimum.")
    List<String> baseFrom = new ArrayList<>();

    @Mixin
    PastOptions past = new PastOptions();

    @Option(
            names = "--target",
            paramLabel = "KEY=VALUE",
            description =
                    "What changes; repeatable. Keys: batch-size, micro-batch-size, accumulation, replicas, dataset-size, epochs,"
                            + " steps, lr, width-multiplier, depth-multiplier, parameters, optimizer, framework, schedule,"
                            + " warmup-steps, floor, decay-steps.")
    List<String> changes = new ArrayList<>();

    @Option(names = "--lr-rule", paramLabel = "RULE", description = "auto (default), constant, sqrt or linear.")
    @Nullable
    String rule;

    @Option(names = "--keep", paramLabel = "WHAT", description = "Of the run's length: epochs, steps or samples.")
    @Nullable
    String keep;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "What is trained, as for groups: says how far the laws can be expected to hold.")
    @Nullable
    Path model;

    @Option(names = "--law", paramLabel = "ID", description = "Only this law.")
    @Nullable
    String law;

    @Mixin
    CriticalBatchOptions criticalBatch = new CriticalBatchOptions();

    @Option(
            names = "--rescale",
            paramLabel = "STATE.json",
            description = "Of a running job: what it trains with at --batch-size from now on.")
    @Nullable
    Path state;

    @Option(names = "--explain", description = "The steps of each derivation.")
    boolean explain;

    @Mixin
    OutputOptions output = new OutputOptions();

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        if (state != null) {
            return rescale(state);
        }
        Plan plan = plan();
        List<Alternative> shown = plan.alternatives().stream()
                .filter(alternative -> law == null || alternative.law().id().equals(law))
                .toList();
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println(
                output.json
                        ? Json.pretty(PlanJson.of(plan, shown, explain))
                        : PlanText.of(plan, shown, explain, output.style()));
        return ExitCode.SUCCESS;
    }

    private int rescale(Path file) {
        Problems problems = new Problems();
        Fields fields = Fields.of(
                recipe.over(new Node.Mapping(Position.option(), Map.of()), problems),
                "--rescale, beside the state",
                problems,
                List.of("batchSize"));
        fields.require("batchSize", "--rescale");
        beside(problems);
        Double batch = fields.number("batchSize", NumberRule.POSITIVE);
        RunState running = RunStateReader.read(TreeReader.read(file), problems);
        problems.throwIfAny();
        Rescale answer = Rescale.of(Objects.requireNonNull(running), Objects.requireNonNull(batch));
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println(output.json ? Json.pretty(RescaleJson.of(answer)) : RescaleText.of(answer));
        return ExitCode.SUCCESS;
    }

    /** A state has its own recipe, rule and length. */
    private void beside(Problems problems) {
        List<String> ignored = new ArrayList<>();
        add(ignored, "FILE", this.file != null);
        add(ignored, "--target", !changes.isEmpty());
        add(ignored, "--lr-rule", rule != null);
        add(ignored, "--keep", keep != null);
        add(ignored, "--model", model != null);
        add(ignored, "--law", law != null);
        add(ignored, "--explain", explain);
        add(ignored, "--critical-batch and --loss", criticalBatch.given());
        if (!ignored.isEmpty()) {
            problems.add(Position.option(), "--rescale takes --batch-size alone, not " + String.join(", ", ignored));
        }
    }

    private static void add(List<String> names, String name, boolean given) {
        if (given) {
            names.add(name);
        }
    }

    private Plan plan() {
        PastBase found = baseFrom.isEmpty() ? null : PastBase.of(this);
        Problems problems = new Problems();
        Node whole = found == null ? recipe.over(recipe.tree(file), problems) : found.tree();
        Recipe base = RecipeReader.read(whole, "a recipe", RecipeReader.KEYS, problems);
        LearningRateRule ruled = choice("--lr-rule", rule, LearningRateRule.values(), LearningRateRule::id, problems);
        Target.Keep kept = choice("--keep", keep, Target.Keep.values(), Target.Keep::id, problems);
        choice("--law", law, Laws.all().toArray(new DecayLaw[0]), DecayLaw::id, problems);
        Target target = PlanTargetReader.read(changes, ruled, kept, base, problems);
        RecipeOptions.need(whole, "a plan", problems);
        criticalBatch.check(base, problems);
        List<String> gate = new ArrayList<>();
        if (model != null) {
            Path trained = model;
            problems.attempt(() -> gate.addAll(ModelFile.read(trained).sentences()));
        }
        problems.throwIfAny();
        Plan plan = Planner.plan(Objects.requireNonNull(base), Objects.requireNonNull(target));
        return plan.withWarnings(criticalBatch.warnings(plan.target()))
                .withWarnings(gate)
                .withWarnings(found == null ? recipe.notes() : found.notes());
    }

    private static <T> @Nullable T choice(
            String option, @Nullable String text, T[] values, Function<T, String> id, Problems problems) {
        if (text == null || (option.equals("--lr-rule") && text.equals("auto"))) {
            return null;
        }
        for (T value : values) {
            if (id.apply(value).equals(text.toLowerCase(Locale.ROOT))) {
                return value;
            }
        }
        problems.add(
                Position.option(),
                option + " must be one of "
                        + String.join(", ", Arrays.stream(values).map(id).toList()) + ", got '" + text + "'");
        return null;
    }
}
