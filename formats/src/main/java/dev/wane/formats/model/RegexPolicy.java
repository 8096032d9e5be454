package dev.wane.formats.model;

import dev.wane.formats.Fields;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Problems;
import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import dev.wane.groups.GroupPolicy;
import dev.wane.groups.NamedShape;
import dev.wane.groups.RoleGuess;
import dev.wane.groups.Siblings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A policy of one's own: {@code noDecay} and {@code decay} are lists of regular expressions, of which the first that is found
 * in a name decides; everything else is decayed from two dimensions on.
 *
 * @param id the file
 * @param rules in order
 */
public record RegexPolicy(String id, List<Rule> rules) implements GroupPolicy {
    private static final List<String> KEYS = List.of("noDecay", "decay");

    public RegexPolicy {
        rules = List.copyOf(rules);
    }

    /**
     * One expression.
     *
     * @param pattern looked for in the name
     * @param decay what it decides
     */
    public record Rule(Pattern pattern, boolean decay) {}

    /**
     * Reads a policy.
     *
     * @throws InputException with every problem
     */
    public static RegexPolicy read(Path file) {
        Problems problems = new Problems();
        Fields fields = Fields.of(TreeReader.read(file), "a policy", problems, KEYS);
        List<Rule> rules = new ArrayList<>();
        for (String key : KEYS) {
            fields.node(key).ifPresent(node -> rules(node, key.equals("decay"), rules, problems));
        }
        if (rules.isEmpty() && problems.isEmpty()) {
            fields.require("noDecay", "a policy");
        }
        problems.throwIfAny();
        return new RegexPolicy(file.toString(), rules);
    }

    private static void rules(Node node, boolean decay, List<Rule> rules, Problems problems) {
        for (Node item : node instanceof Node.Sequence list ? list.items() : List.of(node)) {
            String text = item instanceof Node.Scalar scalar ? scalar.text() : "";
            try {
                rules.add(new Rule(Pattern.compile(text), decay));
            } catch (PatternSyntaxException e) {
                problems.add(item.position(), "is no regular expression: " + e.getDescription());
            }
        }
    }

    @Override
    public Decision decide(NamedShape parameter, RoleGuess role, Siblings siblings) {
        Optional<Rule> rule = rules.stream()
                .filter(each -> each.pattern().matcher(parameter.name()).find())
                .findFirst();
        return rule.map(each -> new Decision(each.decay(), "matches " + each.pattern()))
                .orElseGet(() -> new Decision(parameter.dimensions() != 1, "no expression matches: by dimensions"));
    }
}
