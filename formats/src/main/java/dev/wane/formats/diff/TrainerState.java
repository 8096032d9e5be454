package dev.wane.formats.diff;

import dev.wane.formats.tree.Node;
import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code trainer_state.json} in a checkpoint of Hugging Face's trainer says of the run that wrote it. */
final class TrainerState {
    private static final Map<String, String> NAMES = Map.of(
            "train_batch_size", "microBatchSize",
            "max_steps", "steps",
            "num_train_epochs", "epochs");

    private TrainerState() {}

    static boolean recognises(Node.Mapping root) {
        return root.entries().containsKey("log_history") && root.entries().containsKey("global_step");
    }

    /** Its batch for each device, and its length; what is no number is left out. */
    static RunSettings read(String source, Node.Mapping root) {
        Map<String, Object> settings = new LinkedHashMap<>();
        NAMES.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(name -> {
            Node.Entry entry = root.entries().get(name.getKey());
            if (entry != null
                    && entry.value() instanceof Node.Scalar number
                    && number.text().matches("\\d+(\\.\\d+)?")) {
                settings.put(name.getValue(), Double.valueOf(number.text()));
            }
        });
        return RunSettings.checkpoint(source, Map.of(RunSettings.DEFAULT, settings));
    }
}
