package dev.wane.cli;

import dev.wane.dynamics.DecayRun;
import dev.wane.explain.ExplainedGroup;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problem;
import dev.wane.lab.plot.ExplanationPicture;
import dev.wane.law.Setting;
import dev.wane.recipe.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Draws what {@code explain} says. */
final class ExplainPlot {
    private ExplainPlot() {}

    static void draw(Recipe recipe, Path file) {
        String name = file.toString();
        if (!name.endsWith(".svg") && !name.endsWith(".png")) {
            throw problem("--plot must end in .svg or .png, got '" + name + "'");
        }
        Setting setting = Setting.of(recipe);
        if (Double.isNaN(setting.decayPerStep()) || setting.scale().executedSteps() < 1) {
            throw problem("--plot needs learningRate, weightDecay, the run's length and a decay per step that exists");
        }
        DecayRun run = setting.run(setting.weightDecay());
        try {
            ExplanationPicture.of(run, ExplainedGroup.of("default", recipe).equilibrium())
                    .save(file);
        } catch (IOException e) {
            throw problem("--plot: " + file + " cannot be written: " + e);
        }
    }

    private static InputException problem(String message) {
        return new InputException(List.of(new Problem(Position.option(), message)));
    }
}
