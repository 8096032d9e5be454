package dev.wane.lab.transfer;

import dev.wane.data.Checksums;
import dev.wane.formats.experiment.CommandTaskSpec;
import dev.wane.formats.experiment.MetricSource;
import dev.wane.formats.experiment.Template;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problem;
import dev.wane.lab.trial.CommandTrialSpec;
import dev.wane.model.ExternalModel;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.TrainingScale;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Turns an arrangement into a trial of the user's own program. */
final class CommandTrials {
    private static final long LARGEST_INPUT = 64L << 20;
    /** Where a trial runs decides nothing. */
    private static final Set<String> PLACES = Set.of("dir", "worker");

    private CommandTrials() {}

    /**
     * SHA-256 of the files that decide a result: those that the experiment lists, and words of the command that are files,
     * such as the script.
     */
    static Map<String, String> inputs(CommandTaskSpec task) {
        Map<String, String> checksums = new TreeMap<>();
        List<String> written = task.command().stream().map(Template::text).toList();
        List<String> all = task.shell()
                ? List.of(String.join(" ", written)
                        .replaceAll("[\"';|&()<>]", " ")
                        .strip()
                        .split("\\s+"))
                : written;
        Stream<Path> words = all.stream()
                .filter(word -> !word.contains("{"))
                .filter(word -> !word.startsWith("/") || !word.equals(all.getFirst()) || isScript(word))
                .flatMap(word -> file(task.folder(), word))
                .filter(file -> !isLarge(file));
        Stream.concat(task.inputs().stream(), words)
                .forEach(file -> checksums.put(task.folder().relativize(file).toString(), checksum(file)));
        return checksums;
    }

    /** Of a program given by its whole path its text counts, and not an interpreter. */
    private static boolean isScript(String word) {
        try (InputStream in = Files.newInputStream(Path.of(word))) {
            return new String(in.readNBytes(2), StandardCharsets.US_ASCII).equals("#!");
        } catch (IOException | InvalidPathException e) {
            // It is no file, or none that can be read: then it is no script.
            return false;
        }
    }

    /** Data that the command names. */
    private static boolean isLarge(Path file) {
        try {
            return Files.size(file) > LARGEST_INPUT;
        } catch (IOException e) {
            // Reading it says what is wrong with it.
            return false;
        }
    }

    private static Stream<Path> file(Path folder, String word) {
        try {
            Path file = folder.resolve(word);
            return Files.isRegularFile(file) ? Stream.of(file) : Stream.empty();
        } catch (InvalidPathException e) {
            // A word such as a pattern is no file.
            return Stream.empty();
        }
    }

    private static String checksum(Path file) {
        try {
            if (Files.size(file) > LARGEST_INPUT) {
                throw problem(
                        file + " is larger than 64 MiB: data need not be listed, the script that reads them does");
            }
            return Checksums.sha256(Files.readAllBytes(file));
        } catch (IOException e) {
            throw problem(file + " cannot be read: " + e.getMessage());
        }
    }

    private static InputException problem(String message) {
        return new InputException(List.of(new Problem(Position.option(), "task.inputs: " + message)));
    }

    static CommandTrialSpec spec(
            CommandTaskSpec task,
            boolean larger,
            Map<String, String> inputs,
            Trials.Arrangement arrangement,
            double weightDecay,
            long seed) {
        Recipe recipe = arrangement.recipe();
        TrainingScale scale = TrainingScale.of(recipe);
        Map<String, String> values = new HashMap<>(values(recipe, scale));
        values.put("weightDecay", number(weightDecay));
        values.put("seed", Long.toString(seed));
        values.put("model", ((ExternalModel) arrangement.model()).name());
        values.keySet().retainAll(task.placeholders());
        Map<String, String> environment = new LinkedHashMap<>();
        task.environment().forEach((name, value) -> environment.put(name, value.text()));
        return new CommandTrialSpec(
                CommandTrialSpec.SCHEMA,
                task.command().stream().map(Template::text).toList(),
                task.shell(),
                environment,
                inputs,
                text(task.metric(), larger),
                values,
                Objects.requireNonNull(recipe.batchSize()).intValue(),
                scale.executedSteps());
    }

    private static Map<String, String> values(Recipe recipe, TrainingScale scale) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("learningRate", number(Objects.requireNonNull(recipe.learningRate())));
        values.put("batchSize", number(Objects.requireNonNull(recipe.batchSize())));
        values.put("datasetSize", number(Objects.requireNonNull(recipe.datasetSize())));
        values.put("epochs", number(scale.epochs()));
        values.put("steps", Long.toString(scale.executedSteps()));
        values.put("warmupSteps", Long.toString(recipe.scheduleOrConstant().warmupSteps()));
        values.put("momentum", number(recipe.momentum().momentum()));
        values.put("beta1", number(recipe.betas().first()));
        values.put("beta2", number(recipe.betas().second()));
        values.put("eps", number(recipe.epsilon()));
        values.keySet().removeAll(PLACES);
        return values;
    }

    /** Whole numbers without a point: programs read batch sizes as such. */
    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value).toLowerCase(Locale.ROOT);
    }

    /** Of several values the best is another where larger is better. */
    private static String text(MetricSource metric, boolean larger) {
        return String.join(
                " ",
                metric.kind().id(),
                metric.file(),
                metric.name(),
                String.valueOf(metric.test()),
                metric.pick() == MetricSource.Pick.BEST && larger
                        ? "LARGEST"
                        : metric.pick().name(),
                String.valueOf(metric.pattern()));
    }
}
