package dev.wane.cli;

import dev.wane.explain.Explanation;
import dev.wane.formats.RecipeReader;
import dev.wane.formats.json.ExplanationJson;
import dev.wane.formats.json.Json;
import dev.wane.formats.problem.Problems;
import dev.wane.formats.tree.Node;
import dev.wane.recipe.Recipe;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a recipe's weight decay really does. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "Says what a weight decay really does: decay per step, timescale, retention, equilibrium.",
        footer = {"", "Example:", "  wane explain examples/recipe.yaml --batch-size 1024"})
final class ExplainCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "A recipe or a trainer's configuration; options override it.")
    @Nullable
    Path file;

    @Mixin
    RecipeOptions recipe = new RecipeOptions();

    @Option(
            names = "--plot",
            paramLabel = "FILE.svg|png",
            description = "Also draws memory, decay per step and predicted weight size.")
    @Nullable
    Path plot;

    @Mixin
    OutputOptions output = new OutputOptions();

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        Node tree = recipe.tree(file);
        Problems problems = new Problems();
        Recipe read = RecipeReader.read(recipe.over(tree, problems), "a recipe", RecipeReader.KEYS, problems);
        problems.throwIfAny();
        Explanation explanation = Explanation.of(Objects.requireNonNull(read)).withNotes(recipe.notes());
        if (plot != null) {
            ExplainPlot.draw(explanation.recipe(), plot);
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println(
                output.json
                        ? Json.pretty(ExplanationJson.of(explanation))
                        : ExplanationText.of(explanation, output.style()));
        return ExitCode.SUCCESS;
    }
}
