package dev.wane.formats.apply;

import dev.wane.formats.config.Origin;
import dev.wane.formats.config.Resolution;
import dev.wane.formats.problem.Position;
import dev.wane.formats.tree.Arithmetic;
import dev.wane.formats.tree.Node;
import dev.wane.plan.Plan;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RunLength;
import dev.wane.recipe.TrainingScale;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What of a file counts steps, or says a rate once more: it moves in the proportion in which the plan moves it. */
final class ScheduleEdits {
    private static final Set<String> STEPS = Set.of(
            "max_steps",
            "train_steps",
            "total_steps",
            "num_train_steps",
            "max_train_steps",
            "training_steps",
            "train_iters",
            "max_iters",
            "max_iter",
            "lr_decay_iters",
            "lr_decay_steps",
            "num_decay_steps",
            "num_stable_steps",
            "num_training_steps",
            "decay_steps",
            "stable_steps",
            "lr_decay_starting_step",
            "total_iters",
            "t_max");
    /** Steps too, where they stand in what says a schedule. */
    private static final Set<String> IN_A_SCHEDULE = Set.of("begin", "end", "milestones", "steps");

    private static final Pattern SCHEDULE = Pattern.compile("(?i).*(sched|solver|optim|lr_|_lr|policy).*|lr");
    private static final Set<String> WARMUP =
            Set.of("warmup_steps", "warmup_iters", "lr_warmup_steps", "lr_warmup_iters", "num_warmup_steps");
    private static final Set<String> EPOCHS = Set.of("num_train_epochs", "num_epochs", "max_epochs", "epochs");
    private static final Set<String> RATES = Set.of(
            "min_lr", "lr_end", "initial_learning_rate", "end_learning_rate", "decoupled_lr", "decoupled_min_lr");

    /** yacs' {@code STEPS: (60000, 80000)}, a text to YAML. */
    private static final Pattern LIST = Pattern.compile("\\(\\s*\\d+\\s*(,\\s*\\d+\\s*)*,?\\s*\\)");

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final Path file;
    private final List<Change> changes = new ArrayList<>();

    private ScheduleEdits(Path file) {
        this.file = file;
    }

    /** Keys whose numbers all move by one ratio. */
    private record Moved(String quantity, Set<String> keys, double ratio, boolean whole) {
        double from(double before) {
            return whole ? Math.rint(before * ratio) : before * ratio;
        }

        boolean has(String key, boolean schedule) {
            return keys.contains(key) || (schedule && quantity.equals("steps") && IN_A_SCHEDULE.contains(key));
        }

        /** Not where nothing moves, or nobody knows how far. */
        boolean known() {
            return ratio > 0 && ratio != 1 && Double.isFinite(ratio);
        }
    }

    /** In the file itself, not in those that it builds on. */
    static List<Change> of(Path file, Node.Mapping tree, Resolution resolution, Plan plan, double learningRate) {
        ScheduleEdits found = new ScheduleEdits(file);
        moved(plan.base(), plan.target(), learningRate).filter(Moved::known).forEach(moved -> {
            found.in(tree, moved, false);
            found.quantity(resolution, moved);
        });
        return found.changes;
    }

    /** Under a key of any name, or under none. */
    private void quantity(Resolution resolution, Moved moved) {
        Double before = resolution.number(moved.quantity());
        Origin.Written written = resolution.written(moved.quantity());
        String key = resolution.usualKey(moved.quantity());
        if (before == null) {
            return;
        }
        if (written != null) {
            number(written.position(), written.key(), before, moved);
        } else if (before > 0 && key != null) {
            changes.add(new Addition(moved.quantity(), key, moved.from(before)));
        }
    }

    private static Stream<Moved> moved(Recipe base, Recipe target, double learningRate) {
        double steps = (double) TrainingScale.of(target).executedSteps()
                / TrainingScale.of(base).executedSteps();
        double warmup = (double) target.scheduleOrConstant().warmupSteps()
                / base.scheduleOrConstant().warmupSteps();
        double rate = learningRate / (base.learningRate() == null ? Double.NaN : base.learningRate());
        return Stream.of(
                new Moved("steps", STEPS, steps, true),
                new Moved("warmupSteps", WARMUP, warmup, true),
                new Moved("epochs", EPOCHS, epochs(target) / epochs(base), false),
                new Moved("floorRate", RATES, rate, false));
    }

    private static double epochs(Recipe recipe) {
        return recipe.length() instanceof RunLength.Epochs epochs ? epochs.amount() : Double.NaN;
    }

    private void in(Node node, Moved moved, boolean schedule) {
        if (node instanceof Node.Mapping mapping) {
            mapping.entries().forEach((key, entry) -> {
                if (moved.has(key.toLowerCase(Locale.ROOT).replace('-', '_'), schedule)) {
                    number(entry.value(), key, moved);
                }
                in(entry.value(), moved, schedule || SCHEDULE.matcher(key).matches());
            });
        } else if (node instanceof Node.Sequence sequence) {
            sequence.items().forEach(item -> in(item, moved, schedule));
        }
    }

    private void number(Node value, String key, Moved moved) {
        if (value instanceof Node.Sequence sequence) {
            sequence.items().stream().filter(Node.Scalar.class::isInstance).forEach(item -> number(item, key, moved));
            return;
        }
        if (value instanceof Node.Scalar list && LIST.matcher(list.text()).matches()) {
            Matcher each = NUMBER.matcher(list.text());
            Position at = list.position();
            while (each.find()) {
                Position place = new Position(at.file(), at.line(), at.column() + each.start());
                number(place, key, Double.parseDouble(each.group()), moved);
            }
            return;
        }
        Double before = value instanceof Node.Scalar scalar ? Arithmetic.of(scalar.text()) : null;
        if (before != null) {
            number(value.position(), key, before, moved);
        }
    }

    private void number(Position position, String key, double before, Moved moved) {
        Edit edit = new Edit(moved.quantity(), position, key, before, moved.from(before));
        boolean own = Path.of(position.file()).equals(file);
        if (own
                && before > 0
                && edit.after() > 0
                && edit.after() != before
                && changes.stream().noneMatch(edit::isAt)) {
            changes.add(edit);
        }
    }
}
