# Do the elements of an HTML page nest? Exit 1 and a word where they do not.
BEGIN { RS = "<"; split("meta br input line rect !DOCTYPE", v, " "); for (i in v) empty[v[i]] = 1 }
NR == 1 { next }
{
	tag = $0
	sub(/[ >\n].*/, "", tag)
	whole = $0
	sub(/>.*/, "", whole)
	if (inside && tag != "/" inside) next
	inside = ""
	if (substr(tag, 1, 1) == "/") {
		if (stack[n] != substr(tag, 2)) { print "closes " tag " where " stack[n] " is open"; exit 1 }
		n--
	} else if (!(tag in empty) && whole !~ /\/$/) {
		stack[++n] = tag
		if (tag == "script" || tag == "style") inside = tag
	}
}
END { if (n > 0) { print "never closed: " stack[n]; exit 1 } }
