package dev.wane.formats.tree;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import dev.wane.formats.problem.Position;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The calls of a Java file, each chain of them a mapping under its first call: {@code Optimizer.adamW().optBeta1(0.8f)} is
 * {@code {Optimizer.adamW: {$arguments: [], optBeta1: 0.8}}}. Constants are folded, and names that are assigned once;
 * everything else is {@linkplain Node#COMPUTED computed}. Nothing is compiled or executed.
 */
final class JavaTree {
    /** What the first call of a chain is called with. */
    static final String ARGUMENTS = "$arguments";

    private static final int MOST_VALUES = 2000;
    private static final Pattern WHOLE = Pattern.compile("-?\\d+");
    private static final Set<Tree.Kind> NUMBERS =
            Set.of(Tree.Kind.INT_LITERAL, Tree.Kind.LONG_LITERAL, Tree.Kind.FLOAT_LITERAL, Tree.Kind.DOUBLE_LITERAL);
    private static final Map<Tree.Kind, String> OPERATORS = Map.of(
            Tree.Kind.PLUS, "+",
            Tree.Kind.MINUS, "-",
            Tree.Kind.MULTIPLY, "*",
            Tree.Kind.DIVIDE, "/",
            Tree.Kind.REMAINDER, "%");

    private final String name;
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final Map<String, ExpressionTree> constants;
    private final Set<String> classes;
    private final Set<MethodInvocationTree> conditional;
    /** Names that are being followed: one that leads to itself has no value. */
    private final Set<String> followed = new HashSet<>();

    /** Values that may still be made for the chain at hand. */
    private int left;

    private JavaTree(String name, JavacTask task, CompilationUnitTree unit) {
        this.name = name;
        this.unit = unit;
        this.positions = Trees.instance(task).getSourcePositions();
        this.constants = JavaNames.assignedOnce(unit);
        this.classes = JavaNames.classes(unit);
        this.conditional = JavaNames.conditional(unit);
    }

    static Node parse(String name, String text) {
        try {
            JavaSource.Parsed parsed = JavaSource.parse(name, text);
            return new JavaTree(name, parsed.task(), parsed.unit()).calls();
        } catch (StackOverflowError e) {
            throw JavaSource.tooDeep(name);
        }
    }

    /** A first call that comes again has a number behind it. */
    private Node calls() {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        for (MethodInvocationTree call : JavaNames.chains(unit)) {
            left = MOST_VALUES;
            Node node = chain(call, 0);
            String first = first(call);
            String key = first;
            for (int copy = 2; entries.containsKey(key); copy++) {
                key = first + "#" + copy;
            }
            entries.put(key, new Node.Entry(node.position(), node));
        }
        JavaNames.created(unit).forEach(created -> {
            left = MOST_VALUES;
            Position at = position(created);
            entries.putIfAbsent(
                    "new " + created.getIdentifier(),
                    new Node.Entry(at, new Node.Sequence(at, values(created.getArguments(), 0))));
        });
        return new Node.Mapping(new Position(name, 1, 1), entries);
    }

    private Node value(ExpressionTree expression, int depth) {
        Position position = position(expression);
        if (depth > 64 || --left < 0) {
            return computed(position);
        }
        return switch (expression) {
            case LiteralTree literal -> literal(literal, position);
            case ParenthesizedTree parenthesized -> value(parenthesized.getExpression(), depth + 1);
            case TypeCastTree cast -> cast(cast, position, depth);
            case UnaryTree unary
            when unary.getKind() == Tree.Kind.UNARY_MINUS -> negative(position, text(unary.getExpression(), depth));
            case BinaryTree binary when OPERATORS.containsKey(binary.getKind()) -> binary(binary, position, depth);
            case IdentifierTree identifier -> named(identifier.getName().toString(), position, depth);
            case MemberSelectTree select
            when isOwn(select.getExpression()) -> named(select.getIdentifier().toString(), position, depth);
            case NewArrayTree array
            when array.getInitializers() != null -> new Node.Sequence(position, values(array.getInitializers(), depth));
            case MethodInvocationTree call -> chain(call, depth);
            default -> computed(position);
        };
    }

    /** This object's or this file's; another's has a name of its own. */
    private boolean isOwn(ExpressionTree owner) {
        return owner instanceof IdentifierTree identifier
                && (identifier.getName().contentEquals("this")
                        || classes.contains(identifier.getName().toString()));
    }

    private Node cast(TypeCastTree cast, Position position, int depth) {
        String text = text(cast.getExpression(), depth);
        String type = String.valueOf(cast.getType());
        boolean floating = type.equals("float") || type.equals("double");
        boolean whole = type.equals("int") || type.equals("long");
        if (floating && WHOLE.matcher(text).matches()) {
            return new Node.Scalar(position, text + ".0", false);
        }
        return whole && !WHOLE.matcher(text).matches() ? computed(position) : value(cast.getExpression(), depth + 1);
    }

    private static Node negative(Position position, String operand) {
        return arithmetic(position, "-(" + operand + ")", WHOLE.matcher(operand).matches());
    }

    private List<Node> values(List<? extends ExpressionTree> expressions, int depth) {
        return expressions.stream()
                .map(expression -> value(expression, depth + 1))
                .toList();
    }

    private Node literal(LiteralTree literal, Position position) {
        String text = String.valueOf(literal.getValue());
        return new Node.Scalar(
                position, text, !NUMBERS.contains(literal.getKind()) && literal.getValue() instanceof String);
    }

    /** Whole numbers divide as Java divides them. */
    private Node binary(BinaryTree binary, Position position, int depth) {
        String first = text(binary.getLeftOperand(), depth);
        String second = text(binary.getRightOperand(), depth);
        boolean whole = WHOLE.matcher(first).matches() && WHOLE.matcher(second).matches();
        return arithmetic(position, "(" + first + ")" + OPERATORS.get(binary.getKind()) + "(" + second + ")", whole);
    }

    private String text(ExpressionTree operand, int depth) {
        return value(operand, depth + 1) instanceof Node.Scalar scalar && !scalar.quoted() ? scalar.text() : "?";
    }

    private static Node arithmetic(Position position, String sum, boolean whole) {
        Double value = whole ? Arithmetic.whole(sum) : Arithmetic.of(sum);
        return value == null
                ? computed(position)
                : new Node.Scalar(position, whole ? Long.toString(value.longValue()) : value.toString(), false);
    }

    private Node named(String identifier, Position position, int depth) {
        ExpressionTree constant = constants.get(identifier);
        if (constant == null || !followed.add(identifier)) {
            return computed(position);
        }
        Node value = value(constant, depth + 1);
        followed.remove(identifier);
        return value;
    }

    /** Each call of a chain with its argument, or the list of its arguments. */
    private Node chain(MethodInvocationTree last, int depth) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        List<MethodInvocationTree> calls = calls(last);
        Position position = position(last);
        if (depth > 64 || calls.isEmpty()) {
            return computed(position);
        }
        Set<MethodInvocationTree> doubtful = doubtful(last, calls);
        MethodInvocationTree opening = calls.getFirst();
        entries.put("$call", new Node.Entry(position, new Node.Scalar(position, name(opening), true)));
        entries.put(
                ARGUMENTS,
                new Node.Entry(position, new Node.Sequence(position, values(opening.getArguments(), depth))));
        for (MethodInvocationTree call : calls.subList(1, calls.size())) {
            List<Node> values = values(call.getArguments(), depth);
            Position at = values.isEmpty() ? position : values.getFirst().position();
            Node node = doubtful.contains(call)
                    ? computed(at)
                    : values.size() == 1 ? values.getFirst() : new Node.Sequence(at, values);
            entries.put(simpleName(call), new Node.Entry(at, node));
        }
        return new Node.Mapping(position, entries);
    }

    /** What a branch calls on a variable that was there before. */
    private Set<MethodInvocationTree> doubtful(MethodInvocationTree last, List<MethodInvocationTree> calls) {
        boolean sure = !conditional.contains(last) || conditional.contains(calls.getFirst());
        return sure
                ? Set.of()
                : Set.copyOf(calls.stream().filter(conditional::contains).toList());
    }

    /** From the first call of a chain to its last; a name that holds a chain is followed by what is called on it. */
    private List<MethodInvocationTree> calls(MethodInvocationTree last) {
        List<MethodInvocationTree> calls = new ArrayList<>();
        Tree at = last;
        while (at instanceof MethodInvocationTree call && calls.size() < 1000) {
            calls.addFirst(call);
            at = call.getMethodSelect() instanceof MemberSelectTree select ? receiver(select.getExpression()) : null;
        }
        return calls;
    }

    private Tree receiver(ExpressionTree receiver) {
        return receiver instanceof IdentifierTree identifier
                        && constants.get(identifier.getName().toString()) instanceof MethodInvocationTree chain
                ? chain
                : receiver;
    }

    private String first(MethodInvocationTree last) {
        return name(calls(last).getFirst());
    }

    private static String name(MethodInvocationTree call) {
        return call.getMethodSelect() instanceof MemberSelectTree select
                ? (select.getExpression() instanceof NewClassTree created
                                ? "new " + created.getIdentifier()
                                : select.getExpression().toString())
                        + "." + select.getIdentifier()
                : call.getMethodSelect().toString();
    }

    private static String simpleName(MethodInvocationTree call) {
        return call.getMethodSelect() instanceof MemberSelectTree select
                ? select.getIdentifier().toString()
                : call.getMethodSelect().toString();
    }

    private Position position(Tree tree) {
        long start = positions.getStartPosition(unit, tree);
        return start < 0
                ? new Position(name, 0, 0)
                : new Position(name, (int) unit.getLineMap().getLineNumber(start), (int)
                        unit.getLineMap().getColumnNumber(start));
    }

    private static Node computed(Position position) {
        return new Node.Scalar(position, Node.COMPUTED, false);
    }
}
