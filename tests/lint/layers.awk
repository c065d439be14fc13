# Checks who includes whom: EDGES "room: rooms ;", HOMES "header=home". Exit 1 on a breach.
function room_of(f,   a) {
	if (f ~ /^connectors\//) return "connectors"
	if (f ~ /^engine\//) { split(f, a, "/"); return a[2] }
	split(f, a, "/"); return a[3] # include/manumit/ROOM/x.h
}
# Homes of one header, "|" between.
function at_home(f, homes,   h, i, n) {
	n = split(homes, h, "|")
	for (i = 1; i <= n; i++) if (index(f, h[i]) == 1) return 1
	return 0
}
BEGIN {
	n = split(ENVIRON["EDGES"], e, ";")
	for (i = 1; i <= n; i++) {
		split(e[i], p, ":"); gsub(/[ \t]/, "", p[1])
		known[p[1]] = 1; may[p[1], p[1]] = 1
		m = split(p[2], q, /[ \t]+/)
		for (j = 1; j <= m; j++) if (q[j] != "") may[p[1], q[j]] = 1
	}
	n = split(ENVIRON["HOMES"], h, /[ \t]+/)
	for (i = 1; i <= n; i++) { split(h[i], p, "="); home[p[1]] = p[2] }
}
FNR == 1 { files++; r = room_of(FILENAME); if (!(r in known)) { print FILENAME ": no such room: " r; bad++ } }
/^[ \t]*#[ \t]*include/ {
	inc = $0; sub(/^[^"<]*["<]/, "", inc); sub(/[">].*$/, "", inc)
	if (inc ~ /^manumit\//) {
		split(inc, p, "/")
		if (!((r, p[2]) in may)) { print FILENAME ":" FNR ": " r " may not include " inc; bad++ }
		edges++
	}
	for (k in home) if (inc == k || (k ~ /\/$/ && index(inc, k) == 1))
		if (!at_home(FILENAME, home[k])) { print FILENAME ":" FNR ": " inc " belongs in " home[k]; bad++ }
}
END { printf "layers: %d files, %d includes, %d breaches\n", files, edges, bad; exit bad > 0 }
