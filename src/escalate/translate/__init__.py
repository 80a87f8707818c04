"""From one language of the policy language to the other: the keywords of a tree, each where it is one; names and texts stay as they are."""
