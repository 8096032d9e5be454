package dev.wane.formats.config;

import dev.wane.decay.CoupledSgd;
import dev.wane.formats.RecipeReader;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problem;
import dev.wane.formats.problem.Problems;
import dev.wane.framework.Optimizer;
import dev.wane.framework.Registry;
import dev.wane.recipe.Betas;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RecipeBuilder;
import dev.wane.recipe.RunLength;
import dev.wane.recipe.Start;
import dev.wane.recipe.TrainingScale;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.WeightDecaySchedule;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns resolved quantities into a recipe, and says which of them cannot stand in one. */
final class RecipeAssembler {
    private static final Position NOWHERE = Position.option();

    private final Resolution resolution;
    private final Problems problems = new Problems();

    private RecipeAssembler(Resolution resolution) {
        this.resolution = resolution;
    }

    /**
     * The recipe.
     *
     * @param start what the weights start from
     * @param schedule null where none is known: then figures of the whole run are unknown too
     * @throws InputException if a number is outside its range
     */
    static Recipe of(Resolution resolution, Optimizer optimizer, @Nullable Schedule schedule, Start start) {
        return new RecipeAssembler(resolution).recipe(optimizer, schedule, start);
    }

    /**
     * Whether a run can be as long, before a schedule is laid over it.
     *
     * @throws InputException if steps, epochs, batch or data are not finite and positive
     */
    static void checkLength(Resolution resolution) {
        RecipeAssembler checked = new RecipeAssembler(resolution);
        List.of("batchSize", "datasetSize", "steps", "epochs").forEach(checked::positive);
        checked.problems.throwIfAny();
    }

    private Recipe recipe(Optimizer optimizer, @Nullable Schedule schedule, Start start) {
        Double sequence = positive("sequenceLength");
        Betas usual = Betas.usual(optimizer.familyOrSgd());
        double first = share("beta1", usual.first());
        double second = share("beta2", usual.second());
        double momentum = share("momentum", 0);
        Double epsilon = positive("eps");
        RecipeBuilder recipe = Recipe.of(optimizer)
                .learningRate(positive("learningRate"))
                .weightDecay(number("weightDecay", 0, Double.MAX_VALUE, "finite and >= 0"))
                .betas(new Betas(first, second))
                .momentum(new CoupledSgd(
                        momentum, 0, momentum > 0 && "true".equalsIgnoreCase(resolution.text("nesterov"))))
                .batchSize(positive("batchSize"))
                .datasetSize(positive("datasetSize"))
                .sequenceLength(sequence == null ? null : (long) Math.max(1, Math.rint(sequence)))
                .dropLast("true".equals(resolution.text("dropLast")))
                .weightDecaySchedule(weightDecaySchedule())
                .length(schedule == null ? null : length())
                .schedule(schedule)
                .start(start);
        if (epsilon != null) {
            recipe.epsilon(epsilon);
        }
        Optional.ofNullable(resolution.text("regularizer"))
                .flatMap(id -> Registry.find(optimizer.framework(), id))
                .ifPresent(recipe::regularizer);
        problems.throwIfAny();
        return followed(recipe.build());
    }

    /** As many steps as a recipe may have. */
    private Recipe followed(Recipe recipe) {
        long steps = TrainingScale.of(recipe).executedSteps();
        if (steps > RecipeReader.LONGEST_RUN) {
            Origin.Written written = resolution.written(resolution.number("steps") == null ? "epochs" : "steps");
            throw problem(
                    written == null ? NOWHERE : written.position(),
                    "the run has " + steps + " steps; the most that is followed is " + RecipeReader.LONGEST_RUN);
        }
        return recipe;
    }

    /** λ moves from {@code weightDecay} to {@code weightDecayEnd}; where it starts from 0, its end is what it is measured by. */
    private WeightDecaySchedule weightDecaySchedule() {
        Double start = resolution.number("weightDecay");
        Double end = resolution.number("weightDecayEnd");
        String style = resolution.text("weightDecayStyle");
        boolean moves = "linear".equals(style) || "cosine".equals(style);
        boolean positive = start != null && end != null && start > 0 && end >= 0 && Double.isFinite(end / start);
        if (!positive || start == null || end == null || end.equals(start) || !moves) {
            return WeightDecaySchedule.constant();
        }
        return new WeightDecaySchedule(
                "cosine".equals(style) ? WeightDecaySchedule.Kind.COSINE : WeightDecaySchedule.Kind.LINEAR,
                end / start);
    }

    private @Nullable RunLength length() {
        Double steps = positive("steps");
        Double epochs = positive("epochs");
        if (steps != null) {
            return new RunLength.Steps((long) Math.max(1, Math.rint(steps)));
        }
        return epochs == null ? null : new RunLength.Epochs(epochs);
    }

    private @Nullable Double positive(String name) {
        return number(name, Double.MIN_VALUE, Double.MAX_VALUE, "finite and > 0");
    }

    private double share(String name, double fallback) {
        Double value = number(name, 0, Math.nextDown(1.0), "in [0, 1)");
        return value == null ? fallback : value;
    }

    private @Nullable Double number(String name, double least, double most, String rule) {
        Double value = resolution.number(name);
        if (name.equals("learningRate") && value != null && value == 0) {
            // A program runs with it, and nothing is trained.
            return null;
        }
        if (value == null || (value >= least && value <= most)) {
            return value;
        }
        Origin.Written written = resolution.written(name);
        problems.add(written == null ? NOWHERE : written.position(), name + " must be " + rule + ", got " + value);
        return null;
    }

    /** For a file that cannot be understood at all. */
    static InputException problem(Position position, String message) {
        return new InputException(List.of(new Problem(position, message)));
    }
}
