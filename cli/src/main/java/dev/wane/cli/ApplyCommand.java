package dev.wane.cli;

import dev.wane.formats.PlanTargetReader;
import dev.wane.formats.apply.Patch;
import dev.wane.formats.apply.PlannedPatch;
import dev.wane.formats.config.ResolvedConfig;
import dev.wane.formats.config.RunFacts;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problem;
import dev.wane.formats.problem.Problems;
import dev.wane.formats.tree.TextFile;
import dev.wane.plan.Alternative;
import dev.wane.plan.Plan;
import dev.wane.plan.Planner;
import dev.wane.recipe.LearningRateRule;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.Target;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings a configuration to a plan. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = "Prints the change that brings a configuration to a plan; --write makes it, with a backup.",
        footer = {"", "Example:", "  wane apply train.yaml --world-size 16 --target batch-size=1024"})
final class ApplyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "A trainer's configuration, or a recipe.")
    Path file = Path.of("");

    @Option(names = "--target", paramLabel = "KEY=VALUE", required = true, description = "What changes, as for plan.")
    List<String> changes = new ArrayList<>();

    @Option(names = "--lr-rule", paramLabel = "RULE", description = "constant, sqrt or linear; else as for plan.")
    @Nullable
    String rule;

    @Option(names = "--law", paramLabel = "ID", description = "This law; else the recommended one.")
    @Nullable
    String law;

    @Mixin
    RunOptions run = new RunOptions();

    @Option(names = "--write", description = "Changes the file; what it was is kept beside it, as FILE.orig.")
    boolean write;

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        Problems problems = new Problems();
        RunFacts facts = run.facts(problems);
        problems.throwIfAny();
        ResolvedConfig config = facts.resolve(file);
        Plan plan = plan(config);
        Alternative answer = answer(plan);
        PlannedPatch planned = PlannedPatch.of(file, facts, config, plan, answer);
        String change = planned.patch().unified();
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.print(change.isEmpty() ? "nothing to change: " + answer.law().id() + " asks for what is there\n" : change);
        out.flush();
        planned.left().forEach(this::note);
        if (write && !change.isEmpty()) {
            replace(planned.patch());
            out.println("written; the old text is in " + backup());
        }
        return ExitCode.SUCCESS;
    }

    private void note(String text) {
        Objects.requireNonNull(spec).commandLine().getErr().println("note: " + text);
    }

    private Plan plan(ResolvedConfig config) {
        Recipe base = config.recipe();
        if (base == null || base.learningRate() == null || base.weightDecay() == null) {
            throw problem(
                    "a plan needs optimizer, learning rate and weight decay: wane lint says which the file lacks");
        }
        Problems problems = new Problems();
        LearningRateRule ruled = rule == null
                ? null
                : Arrays.stream(LearningRateRule.values())
                        .filter(each -> each.id().equals(rule))
                        .findFirst()
                        .orElseThrow(() -> problem("--lr-rule must be constant, sqrt or linear, got '" + rule + "'"));
        Target target = PlanTargetReader.read(changes, ruled, null, base, problems);
        problems.throwIfAny();
        return Planner.plan(base, Objects.requireNonNull(target));
    }

    private Alternative answer(Plan plan) {
        Alternative answer = law == null
                ? plan.recommended()
                        .orElseThrow(
                                () -> problem("no law is recommended for this change: name one by --law (wane plan)"))
                : plan.alternatives().stream()
                        .filter(each -> each.law().id().equals(law))
                        .findFirst()
                        .orElseThrow(() -> problem("unknown law '" + law + "': wane plan lists them"));
        if (!answer.applicability().applicable()) {
            throw problem(answer.law().id() + " does not apply: "
                    + answer.applicability().reason());
        }
        return answer;
    }

    private Path backup() {
        return file.resolveSibling(file.getFileName() + ".orig");
    }

    /** The backup first; the new text appears in one move. */
    private void replace(Patch patch) {
        if (Files.exists(backup())) {
            throw problem(backup() + " exists already: move it away first");
        }
        try {
            Files.copy(file, backup(), StandardCopyOption.COPY_ATTRIBUTES);
            TextFile.replace(file, patch.text());
        } catch (IOException e) {
            throw problem("cannot be written: " + e);
        }
    }

    private static InputException problem(String message) {
        return new InputException(List.of(new Problem(Position.option(), message)));
    }
}
