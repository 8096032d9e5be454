package dev.wane.formats.apply;

import dev.wane.formats.config.RunFacts;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problems;
import dev.wane.formats.tree.TreeReader;
import dev.wane.plan.Alternative;
import dev.wane.plan.Plan;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.TrainingScale;
import dev.wane.schedule.WeightDecaySchedule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a changed text says, beside what a plan wants.
 *
 * @param file whose text it is
 * @param facts what is known beside the file
 * @param plan what is wanted
 * @param answer the law's weight decay and learning rate
 */
record ReadBack(Path file, RunFacts facts, Plan plan, Alternative answer) {
    private static final double SAME = 1e-5;
    /** Of the peak; whole steps round. */
    private static final double CLOSE = 0.01;

    private static final int PLACES = 20;

    /**
     * What the text leaves out of the plan's schedule.
     *
     * @throws InputException if it does not say the plan's learning rate, weight decay, batch size and optimizer
     */
    List<String> check(Patch patch) {
        Recipe read = recipe(patch);
        Problems problems = new Problems();
        require("learningRate", answer.learningRate(), read.learningRate(), problems);
        require("weightDecay", answer.weightDecay(), read.weightDecay(), problems);
        require("batchSize", plan.target().batchSize(), read.batchSize(), problems);
        if (!read.optimizer().equals(plan.target().optimizer())) {
            problems.add(
                    Position.option(),
                    "the optimizer would still be " + read.optimizer() + " after the change, and λ is that of "
                            + plan.target().optimizer() + ": write the optimizer into the file first");
        }
        problems.throwIfAny();
        return left(read);
    }

    List<String> left(Patch patch) {
        return left(recipe(patch));
    }

    private Recipe recipe(Patch patch) {
        Recipe read = facts.withDatasetSize(plan.target().datasetSize())
                .resolve(TreeReader.mapping(file, patch.text()))
                .recipe();
        return read == null ? plan.base() : read;
    }

    private static void require(String name, @Nullable Double wanted, @Nullable Double read, Problems problems) {
        if (wanted != null && (read == null || !same(wanted, read))) {
            problems.add(
                    Position.option(),
                    name + " would read as " + (read == null ? "unknown" : NumberText.of(read))
                            + " after the change: set it to " + NumberText.of(wanted) + " by hand");
        }
    }

    private static boolean same(double wanted, double read) {
        return Math.abs(wanted - read) <= SAME * Math.abs(wanted);
    }

    private List<String> left(Recipe read) {
        Recipe target = plan.target();
        List<String> left = new ArrayList<>();
        steps(
                left,
                "warm-up",
                read.scheduleOrConstant().warmupSteps(),
                target.scheduleOrConstant().warmupSteps());
        steps(
                left,
                "run",
                TrainingScale.of(read).executedSteps(),
                TrainingScale.of(target).executedSteps());
        course(read, left);
        WeightDecaySchedule moving = target.weightDecaySchedule();
        if (!moving.isConstant()
                && !same(moving.end(), read.weightDecaySchedule().end())) {
            left.add("the plan's λ moves to " + NumberText.of(answer.weightDecay() * moving.end())
                    + ": change it where the file says its end");
        }
        return left;
    }

    private static void steps(List<String> left, String what, long read, long wanted) {
        if (Math.abs(read - wanted) > 1) {
            left.add("the plan's " + what + " has " + wanted + " steps, the file says " + read
                    + ": change it where the file counts them");
        }
    }

    /** The same share of the peak at the same share of the run. */
    private void course(Recipe read, List<String> left) {
        IntStream.rangeClosed(1, PLACES)
                .filter(place -> Math.abs(share(plan.target(), place) - share(read, place)) > CLOSE)
                .max()
                .ifPresent(place -> left.add("the plan's learning rate is "
                        + NumberText.of(answer.learningRate() * share(plan.target(), place)) + " at "
                        + 100 * place / PLACES + " % of the run, the file's "
                        + NumberText.of(answer.learningRate() * share(read, place))
                        + ": change it where the file says the schedule"));
    }

    private static double share(Recipe recipe, int place) {
        long steps = TrainingScale.of(recipe).executedSteps();
        long step = Math.min(steps - 1, steps * place / PLACES);
        return steps < PLACES ? 1 : recipe.scheduleOrConstant().multiplier(step, steps);
    }
}
