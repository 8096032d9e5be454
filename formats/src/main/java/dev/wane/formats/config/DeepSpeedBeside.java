package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.framework.Optimizer;
import dev.wane.framework.Registry;
import dev.wane.lint.Finding;
import dev.wane.lint.Severity;
import dev.wane.lint.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A DeepSpeed file beside a trainer's arguments: its optimizer is used where it has one, and what both say must agree. */
final class DeepSpeedBeside {
    private static final Map<String, String> MATCHED = matched();

    private DeepSpeedBeside() {}

    private static Map<String, String> matched() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("train_micro_batch_size_per_gpu", "microBatchSize");
        keys.put("gradient_accumulation_steps", "accumulation");
        keys.put("optimizer.params.lr", "learningRate");
        keys.put("optimizer.params.eps", "eps");
        keys.put("optimizer.params.weight_decay", "weightDecay");
        keys.put("scheduler.params.warmup_max_lr", "learningRate");
        return keys;
    }

    /** The file that was given, the one that the trainer's own file names, or a section in it. */
    static Optional<Lookup> of(Sources sources, Lookup root) {
        return sources.beside(DeepSpeedConfig::is)
                .or(() -> LinkedDeepSpeed.of(root))
                .or(() -> root.section("deepspeed"))
                .or(() -> sources.beside(AccelerateConfig::recognises).filter(file -> file.has("deepspeed_config")));
    }

    /** Says so where a file is named that is not there: it may have an optimizer of its own. */
    static void unread(Lookup root, Optional<Lookup> deepSpeed, Resolution.Builder to) {
        Found<String> named = LinkedDeepSpeed.named(root);
        if (deepSpeed.isEmpty() && named != null && named.value() != null && !isSwifts(root, named.value())) {
            to.put(
                    "deepspeed",
                    null,
                    new Origin.Unresolved("--with " + named.value() + ": it may name another optimizer and schedule"));
        }
    }

    /** Whether a file is named that is not there. */
    static boolean isUnread(Resolution resolution) {
        return resolution.unresolved("deepspeed");
    }

    /** The files that ms-swift brings have no optimizer and no schedule. */
    private static boolean isSwifts(Lookup root, String name) {
        return TrainerDefaults.swift(root) && name.matches("(default-)?zero\\d([_-]offload)?");
    }

    /** The optimizer that trains, and its numbers; what the file leaves to the trainer as {@code auto} is the trainer's. */
    static Optional<Optimizer> optimizer(
            Optional<Lookup> deepSpeed, Optional<Optimizer> trainers, Resolution.Builder to) {
        if (deepSpeed.isEmpty()) {
            return trainers;
        }
        if (!deepSpeed.get().has("optimizer.type")) {
            return Offload.turnsCoupled(deepSpeed.get(), to.text("optimizer"))
                    ? Registry.find("torch", "adam")
                    : trainers;
        }
        Resolution.Builder own = new Resolution.Builder(to.defaults().beside("deepspeed"));
        DeepSpeedConfig.optimizer(deepSpeed.get(), own);
        own.build().all().stream()
                .filter(quantity -> quantity.value() != null)
                .forEach(quantity -> to.put(quantity.name(), quantity.value(), quantity.origin()));
        return DeepSpeedConfig.row(deepSpeed.get());
    }

    /** What the file shows by itself, and with the optimizer that it is used with. */
    static List<Finding> findings(Optional<Lookup> deepSpeed, Resolution resolution) {
        if (deepSpeed.isEmpty()) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>(DeepSpeedConfig.findings(deepSpeed.get()));
        Double decay = resolution.number("weightDecay");
        if ((decay == null || decay != 0) && Offload.turnsCoupled(deepSpeed.get(), resolution.text("optimizer"))) {
            findings.add(Offload.finding(String.valueOf(resolution.text("optimizer"))));
        }
        return findings;
    }

    /**
     * Where file and trainer differ, at which Hugging Face's trainer stops.
     *
     * @param trainer the trainer's own values
     */
    static List<Finding> contradictions(Optional<Lookup> deepSpeed, Resolution trainer) {
        return deepSpeed.stream()
                .flatMap(file -> MATCHED.entrySet().stream()
                        .flatMap(pair -> contradiction(file, pair.getKey(), pair.getValue(), trainer).stream()))
                .toList();
    }

    private static Optional<Finding> contradiction(Lookup file, String key, String quantity, Resolution trainer) {
        Found<Double> found = file.number(key);
        Double written = found == null ? null : found.value();
        Double own = trainer.number(quantity);
        if (written == null || own == null || written.equals(own)) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                "key-contradiction",
                Severity.ERROR,
                quantity,
                key + " is " + Text.of(written) + " in the DeepSpeed file and " + Text.of(own) + " for the trainer ("
                        + trainer.origin(quantity).text() + "): it stops at the difference",
                "write \"auto\" in the DeepSpeed file",
                "transformers, integrations/deepspeed.py, fill_match"));
    }
}
