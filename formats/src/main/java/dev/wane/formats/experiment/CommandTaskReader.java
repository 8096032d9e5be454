package dev.wane.formats.experiment;

import dev.wane.formats.Fields;
import dev.wane.formats.problem.NearestName;
import dev.wane.formats.problem.Problems;
import dev.wane.formats.tree.Node;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a task that a program of the user's own trains. */
final class CommandTaskReader {
    static final List<String> KEYS = List.of(
            "command", "metric", "samples", "workers", "timeout", "environment", "folder", "inputs", "shell", "resume");

    /** What a command may ask for. */
    static final List<String> PLACEHOLDERS = List.of(
            "learningRate",
            "weightDecay",
            "batchSize",
            "seed",
            "dir",
            "epochs",
            "steps",
            "warmupSteps",
            "datasetSize",
            "momentum",
            "beta1",
            "beta2",
            "eps",
            "model",
            "worker");

    private static final Pattern WORD =
            Pattern.compile("(?:\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|\\\\.|[^\\s\"'\\\\])+|\\S+");
    private static final Pattern PART =
            Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|'([^']*)'|\\\\(.)|([^\"'\\\\]+)|(.)");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(s|m|h|d)?");
    private static final Duration LONGEST = Duration.ofDays(365);

    private final Problems problems;

    CommandTaskReader(Problems problems) {
        this.problems = problems;
    }

    @Nullable
    CommandTaskSpec read(Node node) {
        Fields fields = Fields.of(node, "task", problems, KEYS);
        boolean complete = Stream.of("metric", "samples")
                .map(key -> fields.require(key, "task"))
                .reduce(true, Boolean::logicalAnd);
        boolean shell = fields.flag("shell");
        List<Template> command = command(fields, shell);
        Map<String, Template> environment = environment(fields);
        environment.values().forEach(value -> check("environment", value, fields));
        MetricSource metric = fields.node("metric").map(this::metric).orElse(null);
        Long samples = fields.integer("samples", 10, Integer.MAX_VALUE);
        long workers = fields.integer("workers", 1, 1024, 1);
        Duration timeout = timeout(fields);
        Path folder = folder(fields, Path.of(node.position().file()));
        List<Path> inputs = inputs(fields, folder);
        boolean resume = fields.flag("resume");
        if (!complete || command.isEmpty() || metric == null || samples == null) {
            return null;
        }
        return new CommandTaskSpec(
                command,
                shell,
                environment,
                metric,
                samples.intValue(),
                (int) workers,
                timeout,
                folder,
                inputs,
                resume);
    }

    private @Nullable MetricSource metric(Node node) {
        return new MetricSourceReader(problems).read(node);
    }

    /** A text is cut into words at spaces outside quotes; a list has its words as they are. */
    private List<Template> command(Fields fields, boolean shell) {
        Node node = fields.node("command").orElseThrow();
        List<String> words = new ArrayList<>();
        if (node instanceof Node.Scalar text) {
            words.addAll(shell ? List.of(text.text()) : words(text.text()));
        } else if (node instanceof Node.Sequence list) {
            list.items().forEach(item -> {
                if (item instanceof Node.Scalar word) {
                    words.add(word.text());
                } else {
                    problems.add(item.position(), "a word of the command must be a text, got " + item.kind());
                }
            });
        }
        if (words.isEmpty() || words.getFirst().isBlank()) {
            fields.problem("command", "command must be a text or a list of words, got " + node.kind());
            return List.of();
        }
        List<Template> templates = words.stream().map(Template::new).toList();
        templates.forEach(template -> check("command", template, fields));
        if (shell) {
            ShellQuotes.placeholdersInside(String.join(" ", words))
                    .forEach(name -> fields.problem(
                            "command",
                            "{" + name
                                    + "} stands inside quotes: its value is quoted already, write it outside of them"));
        }
        return templates;
    }

    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            StringBuilder plain = new StringBuilder();
            Matcher part = PART.matcher(word.group());
            while (part.find()) {
                for (int group = 1; group <= 5; group++) {
                    String found = part.group(group);
                    if (found != null) {
                        plain.append(group == 1 ? found.replaceAll("\\\\(.)", "$1") : found);
                    }
                }
            }
            words.add(plain.toString());
        }
        return words;
    }

    private void check(String key, Template template, Fields fields) {
        for (String name : template.placeholders()) {
            if (!PLACEHOLDERS.contains(name)) {
                fields.problem(
                        key,
                        "unknown placeholder {" + name + "}; did you mean {" + NearestName.of(name, PLACEHOLDERS)
                                + "}? Valid: " + String.join(", ", PLACEHOLDERS) + "; {{" + name + "}} is text");
            }
        }
    }

    private Map<String, Template> environment(Fields fields) {
        Map<String, Template> environment = new LinkedHashMap<>();
        Node node = fields.node("environment").orElse(null);
        if (node instanceof Node.Mapping mapping) {
            mapping.entries().forEach((name, entry) -> {
                if (entry.value() instanceof Node.Scalar value) {
                    environment.put(name, new Template(value.text()));
                } else {
                    problems.add(
                            entry.keyPosition(),
                            name + " must be a single value, got "
                                    + entry.value().kind());
                }
            });
        } else if (node != null) {
            fields.problem("environment", "environment must be a mapping of names to values, got " + node.kind());
        }
        return environment;
    }

    private Duration timeout(Fields fields) {
        String text = fields.text("timeout");
        if (text == null) {
            return LONGEST;
        }
        Matcher matcher = DURATION.matcher(text.strip());
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            fields.problem(
                    "timeout", "timeout must be a number of seconds, or as 90s, 10m, 2h, 1d; got '" + text + "'");
            return LONGEST;
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            case null, default -> Duration.ofSeconds(amount);
        };
    }

    /** That of the experiment's file, or another one seen from there. */
    private Path folder(Fields fields, Path experiment) {
        Path own = Objects.requireNonNull(experiment.toAbsolutePath().getParent());
        String written = fields.text("folder");
        Path folder = written == null ? own : resolve(fields, "folder", own, written);
        if (!Files.isDirectory(folder)) {
            fields.problem("folder", "folder " + folder + " is none");
        }
        return folder.normalize();
    }

    private List<Path> inputs(Fields fields, Path folder) {
        Node node = fields.node("inputs").orElse(null);
        List<Node> items = node instanceof Node.Sequence list ? list.items() : node == null ? List.of() : List.of(node);
        List<Path> inputs = new ArrayList<>();
        for (Node item : items) {
            if (item instanceof Node.Scalar name) {
                Path file = resolve(fields, "inputs", folder, name.text());
                if (!Files.isRegularFile(file)) {
                    problems.add(item.position(), "inputs: no such file: " + file);
                }
                inputs.add(file);
            } else {
                problems.add(item.position(), "inputs must be names of files, got " + item.kind());
            }
        }
        return inputs;
    }

    private static Path resolve(Fields fields, String key, Path folder, String name) {
        try {
            return folder.resolve(name);
        } catch (InvalidPathException e) {
            fields.problem(key, key + " must be a path, got '" + name + "'");
            return folder;
        }
    }
}
