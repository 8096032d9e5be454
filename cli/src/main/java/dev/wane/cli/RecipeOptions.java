package dev.wane.cli;

import dev.wane.formats.config.ConfigReader;
import dev.wane.formats.config.RunFacts;
import dev.wane.formats.preset.Presets;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problems;
import dev.wane.formats.tree.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A recipe given by options, which override a file. Values stay text: the recipe reader judges them. */
final class RecipeOptions {
    @Mixin
    FileOptions beside = new FileOptions();

    @Option(names = "--preset", paramLabel = "NAME", description = "Start from a published recipe; see wane presets.")
    @Nullable
    String preset;

    @Option(names = "--framework", paramLabel = "NAME", description = "Default: torch.")
    @Nullable
    String framework;

    @Option(names = "--optimizer", paramLabel = "NAME", description = "See wane frameworks.")
    @Nullable
    String optimizer;

    @Option(names = "--regularizer", paramLabel = "NAME", description = "A penalty in the loss, beside the optimizer.")
    @Nullable
    String regularizer;

    @Option(names = "--lr", paramLabel = "X", description = "Peak learning rate.")
    @Nullable
    String learningRate;

    @Option(names = "--weight-decay", paramLabel = "X", description = "As written, in the optimizer's own convention.")
    @Nullable
    String weightDecay;

    @Option(names = "--weight-decay-end", paramLabel = "X", description = "Where λ goes over the run.")
    @Nullable
    String weightDecayEnd;

    @Option(names = "--weight-decay-schedule", paramLabel = "KIND", description = "How it goes: linear or cosine.")
    @Nullable
    String weightDecaySchedule;

    @Option(names = "--momentum", paramLabel = "X")
    @Nullable
    String momentum;

    @Option(names = "--dampening", paramLabel = "X")
    @Nullable
    String dampening;

    @Option(names = "--nesterov")
    boolean nesterov;

    @Option(names = "--betas", paramLabel = "A,B", description = "Of Adam-type optimizers. Default: 0.9,0.999.")
    @Nullable
    String betas;

    @Option(names = "--eps", paramLabel = "X")
    @Nullable
    String epsilon;

    @Option(names = "--batch-size", paramLabel = "N", description = "Per optimizer step, over all devices.")
    @Nullable
    String batchSize;

    @Option(
            names = "--micro-batch-size",
            paramLabel = "N",
            description = "Per device and pass: batch = N·accumulation·replicas.")
    @Nullable
    String microBatchSize;

    @Option(names = "--accumulation", paramLabel = "N", description = "Backward passes per optimizer step.")
    @Nullable
    String accumulation;

    @Option(names = "--replicas", paramLabel = "N", description = "Data-parallel devices.")
    @Nullable
    String replicas;

    @Option(names = "--dataset-size", paramLabel = "N", description = "Samples per epoch.")
    @Nullable
    String datasetSize;

    @Option(names = "--unit", paramLabel = "UNIT", description = "What batch and data set count: samples or tokens.")
    @Nullable
    String unit;

    @Option(names = "--sequence-length", paramLabel = "N", description = "Tokens per sample.")
    @Nullable
    String sequenceLength;

    @Option(names = "--epochs", paramLabel = "X")
    @Nullable
    String epochs;

    @Option(names = "--steps", paramLabel = "N")
    @Nullable
    String steps;

    @Option(names = "--tokens-seen", paramLabel = "N", description = "In the whole run.")
    @Nullable
    String tokensSeen;

    @Option(names = "--samples-seen", paramLabel = "N", description = "In the whole run.")
    @Nullable
    String samplesSeen;

    @Option(names = "--drop-last", description = "The loader drops an incomplete last batch.")
    boolean dropLast;

    @Option(
            names = "--schedule",
            paramLabel = "KIND",
            description = "constant, cosine, linear, wsd, inverse-time, inverse-sqrt or cosine-restarts.")
    @Nullable
    String schedule;

    @Option(names = "--warmup-steps", paramLabel = "N")
    @Nullable
    String warmupSteps;

    @Option(names = "--floor", paramLabel = "X", description = "End of the schedule as a share of the peak.")
    @Nullable
    String floor;

    @Option(names = "--decay-steps", paramLabel = "N", description = "Of the final decay, a period, or T₀.")
    @Nullable
    String decaySteps;

    @Option(names = "--parameters", paramLabel = "N", description = "Of the whole network.")
    @Nullable
    String parameters;

    @Option(names = "--width-multiplier", paramLabel = "X", description = "Width over the base width.")
    @Nullable
    String widthMultiplier;

    @Option(names = "--depth-multiplier", paramLabel = "X", description = "Depth over the base depth.")
    @Nullable
    String depthMultiplier;

    @Option(names = "--skipped-steps", paramLabel = "N", description = "Steps that a loss scaler skipped.")
    @Nullable
    String skippedSteps;

    @Option(names = "--cautious", description = "Only coordinates decay that the update shrinks anyway.")
    boolean cautious;

    @Option(
            names = "--bfloat16-weights",
            description = "The weights themselves are bfloat16, without float32 master weights.")
    boolean bfloat16Weights;

    @Option(names = "--model-ema", paramLabel = "X", description = "Momentum of a running average of the weights.")
    @Nullable
    String modelEma;

    @Option(
            names = "--start",
            paramLabel = "WHAT",
            description =
                    "What the weights start from: scratch, pretrained or adapter (LoRA). Default: as the file says.")
    @Nullable
    String start;

    /**
     * The tree of a recipe's file, of a trainer's configuration, or of nothing.
     *
     * @throws dev.wane.formats.problem.InputException if it cannot be read as either
     */
    Node tree(@Nullable Path file) {
        Problems problems = new Problems();
        RunFacts facts = beside.facts(samples(), problems);
        if (file == null) {
            problems.throwIfAny();
            return new Node.Mapping(Position.option(), Map.of());
        }
        List<Node> trees = new ArrayList<>();
        problems.attempt(() -> trees.add(ConfigReader.recipeTree(file, facts, schedule != null)));
        problems.throwIfAny();
        return trees.getFirst();
    }

    /** What a trainer's schedule in epochs needs; null where the recipe reader has something to say of it. */
    private @Nullable Double samples() {
        try {
            double samples = datasetSize == null ? 0 : Double.parseDouble(datasetSize);
            return samples > 0 && samples < Double.POSITIVE_INFINITY && !"tokens".equals(unit) ? samples : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** The file's tree with these options laid over it; an unknown preset is reported and its nearest stands in for it. */
    Node over(Node file, Problems problems) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        if (preset != null) {
            entries.putAll(Presets.read(preset, problems).tree().entries());
        }
        if (file instanceof Node.Mapping mapping) {
            entries.putAll(mapping.entries());
        }
        lengthReplaces(entries);
        batchReplaces(entries);
        given().forEach((key, text) -> {
            if (text.isBlank()) {
                problems.add(Position.option(), key + " is given as an empty text");
            }
            entries.put(key, entry(key, text));
        });
        overSchedule(entries);
        overWeightDecaySchedule(entries);
        return file instanceof Node.Mapping mapping
                ? new Node.Mapping(file.position(), entries, mapping.repeated())
                : file;
    }

    /** Reports a learning rate or a weight decay that is not there at all. */
    static void need(Node recipe, String what, Problems problems) {
        if (recipe instanceof Node.Mapping mapping) {
            need(mapping, "learningRate", "--lr", what, problems);
            need(mapping, "weightDecay", "--weight-decay", what, problems);
        }
    }

    private static void need(Node.Mapping recipe, String key, String option, String what, Problems problems) {
        if (!recipe.entries().containsKey(key)) {
            problems.add(Position.option(), what + " needs " + key + " (" + option + ")");
        }
    }

    /** What to know of the preset that this starts from. */
    List<String> notes() {
        return preset == null || Presets.get(preset).checked()
                ? List.of()
                : List.of(
                        "preset " + preset + ": not every number was read in its source (unchecked); see wane presets");
    }

    private Map<String, String> given() {
        Map<String, @Nullable String> all = new LinkedHashMap<>();
        all.put("framework", framework);
        all.put("optimizer", optimizer);
        all.put("regularizer", regularizer);
        all.put("learningRate", learningRate);
        all.put("weightDecay", weightDecay);
        all.put("momentum", momentum);
        all.put("dampening", dampening);
        all.put("nesterov", nesterov ? "true" : null);
        all.put("betas", betas);
        all.put("eps", epsilon);
        all.put("batchSize", batchSize);
        all.put("microBatchSize", microBatchSize);
        all.put("accumulation", accumulation);
        all.put("replicas", replicas);
        all.put("datasetSize", datasetSize);
        all.put("unit", unit);
        all.put("sequenceLength", sequenceLength);
        all.put("epochs", epochs);
        all.put("steps", steps);
        all.put("tokensSeen", tokensSeen);
        all.put("samplesSeen", samplesSeen);
        all.put("dropLast", dropLast ? "true" : null);
        all.put("parameters", parameters);
        all.put("widthMultiplier", widthMultiplier);
        all.put("depthMultiplier", depthMultiplier);
        all.put("skippedSteps", skippedSteps);
        all.put("cautious", cautious ? "true" : null);
        all.put("bfloat16Weights", bfloat16Weights ? "true" : null);
        all.put("modelEma", modelEma);
        all.put("start", start);
        Map<String, String> given = new LinkedHashMap<>();
        all.forEach((key, text) -> {
            if (text != null) {
                given.put(key, text);
            }
        });
        return given;
    }

    /** A length on the command line replaces the file's, whatever unit that is in. */
    private void lengthReplaces(Map<String, Node.Entry> entries) {
        if (epochs != null || steps != null || tokensSeen != null || samplesSeen != null) {
            entries.keySet().removeAll(List.of("epochs", "steps", "tokensSeen", "samplesSeen"));
        }
    }

    /** A whole batch on the command line replaces the file's parts, and parts replace its whole. */
    private void batchReplaces(Map<String, Node.Entry> entries) {
        if (microBatchSize != null || accumulation != null || replicas != null) {
            entries.remove("batchSize");
        } else if (batchSize != null) {
            entries.keySet().removeAll(List.of("microBatchSize", "accumulation", "replicas"));
        }
    }

    private void overSchedule(Map<String, Node.Entry> entries) {
        Map<String, Node.Entry> parts = new LinkedHashMap<>();
        Node.Entry written = entries.get("schedule");
        if (written != null && written.value() instanceof Node.Mapping mapping) {
            parts.putAll(mapping.entries());
        } else if (written != null) {
            parts.put("kind", written);
        }
        if (schedule != null) {
            parts.keySet().retainAll(List.of("warmupSteps"));
        }
        put(parts, "kind", schedule);
        put(parts, "warmupSteps", warmupSteps);
        put(parts, "floor", floor);
        put(parts, "decaySteps", decaySteps);
        if (!parts.isEmpty()) {
            Position position =
                    written == null ? Position.option() : written.value().position();
            entries.put("schedule", new Node.Entry(position, new Node.Mapping(position, parts)));
        }
    }

    private void overWeightDecaySchedule(Map<String, Node.Entry> entries) {
        Map<String, Node.Entry> parts = new LinkedHashMap<>();
        Node.Entry written = entries.get("weightDecaySchedule");
        if (written != null && written.value() instanceof Node.Mapping mapping) {
            parts.putAll(mapping.entries());
        }
        put(parts, "kind", weightDecaySchedule);
        put(parts, "end", weightDecayEnd);
        if (weightDecaySchedule != null || weightDecayEnd != null) {
            entries.put(
                    "weightDecaySchedule",
                    new Node.Entry(Position.option(), new Node.Mapping(Position.option(), parts)));
        }
    }

    private static void put(Map<String, Node.Entry> parts, String key, @Nullable String text) {
        if (text != null) {
            parts.put(key, entry(key, text));
        }
    }

    private static Node.Entry entry(String key, String text) {
        Position position = Position.option();
        if (!key.equals("betas")) {
            return new Node.Entry(position, new Node.Scalar(position, text, false));
        }
        List<Node> items = new ArrayList<>();
        Arrays.stream(text.split(",", -1)).forEach(item -> items.add(new Node.Scalar(position, item.strip(), false)));
        return new Node.Entry(position, new Node.Sequence(position, items));
    }
}
