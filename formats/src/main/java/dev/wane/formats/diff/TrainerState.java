package dev.wane.formats.diff;

import dev.wane.formats.tree.Node;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code trainer_state.json} in a checkpoint of Hugging Face's trainer says of the run that wrote it. */
final class TrainerState {
    /** The last step of which the learning rate was logged. */
    static final String STEP = "loggedStep";

    static final String RATE = "loggedLearningRate";

    private static final Map<String, String> NAMES = Map.of(
            "train_batch_size", "microBatchSize",
            "max_steps", "steps",
            "num_train_epochs", "epochs");

    private TrainerState() {}

    static boolean recognises(Node.Mapping root) {
        return root.entries().containsKey("log_history") && root.entries().containsKey("global_step");
    }

    /** Its batch for each device, its length and its last rate; what is no number is left out. */
    static RunSettings read(String source, Node.Mapping root) {
        Map<String, Object> run = new LinkedHashMap<>();
        NAMES.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(name -> put(run, name.getValue(), root, name.getKey()));
        if (value(root, "log_history") instanceof Node.Sequence log) {
            log.items().forEach(item -> logged(run, item));
        }
        RunSettings nothing = RunSettings.checkpoint(source, Map.of(RunSettings.DEFAULT, Map.of()));
        return new RunSettings(source, true, false, nothing.groups(), run, null, "", WrittenRun.NONE);
    }

    /** A later entry replaces an earlier one; those of evaluations have no rate. */
    private static void logged(Map<String, Object> run, Node item) {
        if (item instanceof Node.Mapping entry && number(entry, "learning_rate") != null) {
            put(run, STEP, entry, "step");
            put(run, RATE, entry, "learning_rate");
        }
    }

    private static void put(Map<String, Object> run, String quantity, Node.Mapping from, String key) {
        Double number = number(from, key);
        if (number != null) {
            run.put(quantity, number);
        }
    }

    private static @Nullable Double number(Node.Mapping from, String key) {
        return value(from, key) instanceof Node.Scalar scalar && scalar.text().matches("\\d+(\\.\\d+)?([eE][-+]?\\d+)?")
                ? Double.valueOf(scalar.text())
                : null;
    }

    private static @Nullable Node value(Node.Mapping from, String key) {
        Node.Entry entry = from.entries().get(key);
        return entry == null ? null : entry.value();
    }
}
