package dev.wane.formats.tree;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a Java file declares and calls. */
final class JavaNames {
    private JavaNames() {}

    /** Variables, fields and constants with the one value that they ever have. */
    static Map<String, ExpressionTree> assignedOnce(CompilationUnitTree unit) {
        Map<String, ExpressionTree> values = new HashMap<>();
        Set<String> changed = new HashSet<>();
        unit.accept(
                new TreeScanner<@Nullable Void, @Nullable Void>() {
                    @Override
                    public @Nullable Void visitVariable(VariableTree variable, @Nullable Void nothing) {
                        String name = variable.getName().toString();
                        ExpressionTree value = variable.getInitializer();
                        if (value == null || values.put(name, value) != null) {
                            changed.add(name);
                        }
                        return super.visitVariable(variable, null);
                    }

                    @Override
                    public @Nullable Void visitAssignment(AssignmentTree assignment, @Nullable Void nothing) {
                        changed.add(name(assignment.getVariable()));
                        return super.visitAssignment(assignment, null);
                    }

                    @Override
                    public @Nullable Void visitCompoundAssignment(
                            CompoundAssignmentTree assignment, @Nullable Void nothing) {
                        changed.add(name(assignment.getVariable()));
                        return super.visitCompoundAssignment(assignment, null);
                    }

                    @Override
                    public @Nullable Void visitUnary(UnaryTree unary, @Nullable Void nothing) {
                        switch (unary.getKind()) {
                            case PREFIX_INCREMENT, PREFIX_DECREMENT, POSTFIX_INCREMENT, POSTFIX_DECREMENT ->
                                changed.add(name(unary.getExpression()));
                            default -> {}
                        }
                        return super.visitUnary(unary, null);
                    }
                },
                null);
        values.keySet().removeAll(changed);
        return values;
    }

    /** Classes that the file declares. */
    static Set<String> classes(CompilationUnitTree unit) {
        Set<String> classes = new HashSet<>();
        unit.accept(
                new TreeScanner<@Nullable Void, @Nullable Void>() {
                    @Override
                    public @Nullable Void visitClass(ClassTree declared, @Nullable Void nothing) {
                        classes.add(declared.getSimpleName().toString());
                        return super.visitClass(declared, null);
                    }
                },
                null);
        return classes;
    }

    /** Calls that not every run makes, or makes more than once: in a branch, a loop or a lambda. */
    static Set<MethodInvocationTree> conditional(CompilationUnitTree unit) {
        Set<MethodInvocationTree> conditional = Collections.newSetFromMap(new IdentityHashMap<>());
        unit.accept(new Branches(conditional), 0);
        return conditional;
    }

    private static final class Branches extends TreeScanner<@Nullable Void, Integer> {
        private static final Set<Tree.Kind> KINDS = Set.of(
                Tree.Kind.IF,
                Tree.Kind.SWITCH,
                Tree.Kind.SWITCH_EXPRESSION,
                Tree.Kind.CONDITIONAL_EXPRESSION,
                Tree.Kind.FOR_LOOP,
                Tree.Kind.ENHANCED_FOR_LOOP,
                Tree.Kind.WHILE_LOOP,
                Tree.Kind.DO_WHILE_LOOP,
                Tree.Kind.CATCH,
                Tree.Kind.LAMBDA_EXPRESSION);

        private final Set<MethodInvocationTree> conditional;

        Branches(Set<MethodInvocationTree> conditional) {
            this.conditional = conditional;
        }

        @Override
        public @Nullable Void scan(@Nullable Tree tree, Integer depth) {
            return super.scan(tree, tree != null && KINDS.contains(tree.getKind()) ? depth + 1 : depth);
        }

        @Override
        public @Nullable Void visitMethodInvocation(MethodInvocationTree call, Integer depth) {
            if (depth > 0) {
                conditional.add(call);
            }
            return super.visitMethodInvocation(call, depth);
        }
    }

    private static String name(ExpressionTree target) {
        return switch (target) {
            case IdentifierTree identifier -> identifier.getName().toString();
            case MemberSelectTree select -> select.getIdentifier().toString();
            default -> "";
        };
    }

    /** The last call of every chain, in the order of the file, those inside of others too. */
    static List<MethodInvocationTree> chains(CompilationUnitTree unit) {
        List<MethodInvocationTree> chains = new ArrayList<>();
        unit.accept(
                new TreeScanner<@Nullable Void, @Nullable Void>() {
                    @Override
                    public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void nothing) {
                        chains.add(call);
                        scan(call.getArguments(), null);
                        ExpressionTree select = call.getMethodSelect();
                        while (select instanceof MemberSelectTree member
                                && member.getExpression() instanceof MethodInvocationTree inner) {
                            scan(inner.getArguments(), null);
                            select = inner.getMethodSelect();
                        }
                        return null;
                    }
                },
                null);
        return chains;
    }

    /** Every object that is created by its class. */
    static List<NewClassTree> created(CompilationUnitTree unit) {
        List<NewClassTree> created = new ArrayList<>();
        unit.accept(
                new TreeScanner<@Nullable Void, @Nullable Void>() {
                    @Override
                    public @Nullable Void visitNewClass(NewClassTree creation, @Nullable Void nothing) {
                        created.add(creation);
                        return super.visitNewClass(creation, null);
                    }
                },
                null);
        return created;
    }
}
