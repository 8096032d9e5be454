package dev.wane.formats.diff;

import dev.wane.formats.config.ConfigReader;
import dev.wane.formats.config.Sources;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Problem;
import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads and compares what runs train with. */
public final class Settings {
    private static final double SAME = 1e-9;
    private static final String ANEW =
            "the schedule is made anew for the configuration's length: the rate jumps at the resume";
    private static final Map<String, String> OF_A_TRAINER = Map.of(
            "microBatchSize", "transformers before version 5 resumes with the checkpoint's batch",
            "steps", ANEW,
            "epochs", ANEW);
    private static final List<String> ENDINGS = List.of(".pt", ".pth", ".ckpt", ".bin", ".tar");

    private Settings() {}

    /**
     * The settings of a configuration or of a checkpoint's optimizer.
     *
     * @param worldSize devices, for configurations that do not say
     * @param datasetSize samples per epoch, for those that do not say
     * @throws InputException if the file cannot be read as either
     */
    public static RunSettings read(Path file, @Nullable Long worldSize, @Nullable Double datasetSize) {
        if (isCheckpoint(file)) {
            return OptimizerState.read(file);
        }
        Node tree = TreeReader.read(file);
        if (!(tree instanceof Node.Mapping mapping)) {
            throw new InputException(List.of(new Problem(tree.position(), "is no mapping of keys to values")));
        }
        if (TrainerState.recognises(mapping)) {
            return TrainerState.read(file.toString(), mapping);
        }
        return RunSettings.of(
                file.toString(), ConfigReader.read(new Sources(mapping, List.of(), worldSize, datasetSize), null));
    }

    private static boolean isCheckpoint(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        boolean named = ENDINGS.stream().anyMatch(name::endsWith);
        if (!named || !Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == 'P';
        } catch (IOException e) {
            return false;
        }
    }

    /** What differs: group by group where both have as many, else each group of one side against the other's only one. */
    public static List<Difference> compare(RunSettings a, RunSettings b) {
        List<Difference> differences = new ArrayList<>();
        List<String> left = List.copyOf(a.groups().keySet());
        List<String> right = List.copyOf(b.groups().keySet());
        int count = Math.max(left.size(), right.size());
        if (left.size() > 1 && right.size() > 1 && left.size() != right.size()) {
            differences.add(new Difference(
                    "all",
                    "groups",
                    (double) left.size(),
                    (double) right.size(),
                    "parameters are grouped differently"));
        }
        for (int i = 0; i < count; i++) {
            String one = left.get(Math.min(i, left.size() - 1));
            String other = right.get(Math.min(i, right.size() - 1));
            boolean beyond = (left.size() > 1 && i >= left.size()) || (right.size() > 1 && i >= right.size());
            if (!beyond) {
                compare(left.size() >= right.size() ? one : other, get(a, one), get(b, other), a, b, differences);
            }
        }
        return differences;
    }

    private static Map<String, Object> get(RunSettings settings, String group) {
        return Objects.requireNonNull(settings.groups().get(group));
    }

    private static void compare(
            String group,
            Map<String, Object> left,
            Map<String, Object> right,
            RunSettings a,
            RunSettings b,
            List<Difference> differences) {
        Set<String> quantities = new LinkedHashSet<>(left.keySet());
        boolean states = a.checkpoint() || b.checkpoint();
        if (states) {
            quantities.retainAll(right.keySet());
        } else {
            quantities.addAll(right.keySet());
        }
        boolean undecayed = states && (isZero(left.get("weightDecay")) || isZero(right.get("weightDecay")));
        for (String quantity : quantities) {
            Object one = left.get(quantity);
            Object other = right.get(quantity);
            boolean leftOut = quantity.equals("weightDecay")
                    && undecayed
                    && a.groups().size() + b.groups().size() > 2;
            if (!same(one, other) && !leftOut && !quantity.equals("parameters")) {
                differences.add(new Difference(group, quantity, one, other, effect(quantity, one, other, a, b)));
            }
        }
    }

    private static boolean isZero(@Nullable Object value) {
        return value instanceof Number number && number.doubleValue() == 0;
    }

    private static boolean same(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Number one && b instanceof Number other) {
            double scale = Math.max(Math.abs(one.doubleValue()), Math.abs(other.doubleValue()));
            return Math.abs(one.doubleValue() - other.doubleValue()) <= SAME * scale;
        }
        if (a instanceof List<?> one && b instanceof List<?> other) {
            return one.size() == other.size()
                    && IntStream.range(0, one.size()).allMatch(i -> same(one.get(i), other.get(i)));
        }
        return Objects.equals(a, b);
    }

    private static String effect(
            String quantity, @Nullable Object a, @Nullable Object b, RunSettings left, RunSettings right) {
        if (left.checkpoint() != right.checkpoint() && OF_A_TRAINER.containsKey(quantity)) {
            return OF_A_TRAINER.get(quantity);
        }
        if (left.checkpoint() != right.checkpoint()) {
            String kept = left.checkpoint() ? left.source() : right.source();
            return quantity.startsWith("learningRate")
                    ? "load_state_dict sets that of " + kept + "; a scheduler may set another one at its next step"
                    : "load_state_dict sets that of " + kept
                            + ": what the configuration says is not used after a resume";
        }
        String times = a instanceof Number one && b instanceof Number other && one.doubleValue() != 0
                ? String.format(Locale.ROOT, "× %.4g", other.doubleValue() / one.doubleValue())
                : "";
        return switch (quantity) {
            case "convention" -> "weight_decay means another thing: wane convert keeps the decay";
            case "decayPerStep" -> times + ": so much more is decayed in each step";
            default -> times;
        };
    }
}
